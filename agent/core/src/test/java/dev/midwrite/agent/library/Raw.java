package dev.midwrite.agent.library;

import java.lang.reflect.Field;
import org.springframework.objenesis.ObjenesisStd;

/** Makes what would want a whole client. Public: classes that are loaded again, beside a library, call it, too. */
public final class Raw {
    private Raw() {}

    /** An object whose constructor has not run. */
    public static <T> T raw(Class<T> type) {
        return type.cast(new ObjenesisStd().newInstance(type));
    }

    /** Sets a field of the object's class, or of one that it extends. */
    public static void set(Object of, String name, Object value) {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    try {
                        field.setAccessible(true);
                        field.set(of, value);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                    return;
                }
            }
        }
        throw new IllegalStateException(name);
    }
}
