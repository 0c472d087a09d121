package dev.midwrite.agent.weave;

import dev.midwrite.agent.gate.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.NamedElement;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;

/**
 * What some advice needs of the library that it is woven into: the types and members that it names. A library that has
 * drifted lacks some; then nothing is woven, and it is said what. Immutable.
 */
final class Needs {
    private static final String GATE = Type.getInternalName(Gate.class);
    private static final String FIELD_VALUE = Type.getDescriptor(Advice.FieldValue.class);

    private static final TypeDefinition OBJECT = TypeDescription.ForLoadedType.of(Object.class);

    private final Set<Member> members = new LinkedHashSet<>();

    /** Fields of the woven class itself. */
    private final Set<String> fields = new LinkedHashSet<>();

    /** A member, or with an empty name the type alone. */
    private record Member(String owner, String name, String descriptor) {
        @Override
        public String toString() {
            String type = Type.getObjectType(owner).getClassName();
            if (name.isEmpty()) {
                return type;
            }
            return type + "." + name + (descriptor.startsWith("(") ? arguments() : "");
        }

        private String arguments() {
            StringBuilder text = new StringBuilder("(");
            for (Type argument : Type.getArgumentTypes(descriptor)) {
                text.append(text.length() > 1 ? ", " : "").append(argument.getClassName());
            }
            return text.append(')').toString();
        }
    }

    /** @param advice names of classes in this class's loader */
    Needs(Set<String> advice) {
        for (String name : advice) {
            try (InputStream code =
                    Needs.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (code == null) {
                    throw new IllegalArgumentException("there is no advice " + name);
                }
                new ClassReader(code).accept(new Collector(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            } catch (IOException e) {
                throw new IllegalArgumentException("the advice cannot be read: " + name, e);
            }
        }
    }

    /** What the library lacks; empty if it has all. */
    Optional<String> missing(TypeDescription woven, ClassLoader loader) {
        for (String field : fields) {
            if (!hasField(woven, field)) {
                return Optional.of(woven.getName() + "." + field);
            }
        }
        if (members.isEmpty()) {
            return Optional.empty();
        }
        TypePool pool = TypePool.Default.of(ClassFileLocator.ForClassLoader.of(loader));
        return members.stream()
                .filter(member -> !isIn(pool, member))
                .findFirst()
                .map(Member::toString);
    }

    private static boolean isIn(TypePool pool, Member member) {
        TypePool.Resolution owner =
                pool.describe(Type.getObjectType(member.owner()).getClassName());
        return owner.isResolved() && (member.name().isEmpty() || has(owner.resolve(), member));
    }

    private static boolean has(TypeDefinition type, Member member) {
        try {
            boolean own = member.descriptor().startsWith("(")
                    ? type.getDeclaredMethods().stream()
                            .anyMatch(method -> isNamed(method, member)
                                    && method.asDefined().getDescriptor().equals(member.descriptor()))
                    : type.getDeclaredFields().stream().anyMatch(field -> isNamed(field, member));
            return own
                    || (type.isInterface() && has(OBJECT, member)) // What every object has need not be declared again.
                    || (type.getSuperClass() != null && has(type.getSuperClass(), member))
                    || type.getInterfaces().stream().anyMatch(each -> has(each, member));
        } catch (TypePool.Resolution.NoSuchTypeException e) {
            return true; // A super type cannot be seen: not known to be missing.
        }
    }

    private static boolean isNamed(NamedElement.WithRuntimeName element, Member member) {
        return element.getInternalName().equals(member.name());
    }

    private static boolean hasField(TypeDescription woven, String name) {
        for (TypeDefinition type = woven; type != null; type = type.getSuperClass()) {
            if (type.getDeclaredFields().stream()
                    .anyMatch(field -> field.getName().equals(name))) {
                return true;
            }
        }
        return false;
    }

    private void add(String owner, String name, String descriptor) {
        if (!owner.startsWith("java/") && !owner.startsWith("[") && !owner.equals(GATE)) {
            members.add(new Member(owner, name, descriptor));
        }
    }

    private final class Collector extends ClassVisitor {
        Collector() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String generic, String[] thrown) {
            return name.startsWith("<") ? null : new Body();
        }
    }

    private final class Body extends MethodVisitor {
        Body() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String descriptor, boolean isInterface) {
            add(owner, name, descriptor);
        }

        @Override
        public void visitFieldInsn(int code, String owner, String name, String descriptor) {
            add(owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) { // A reference to a method.
                if (argument instanceof Handle method) {
                    add(method.getOwner(), method.getName(), method.getDesc());
                }
            }
        }

        @Override
        public void visitTypeInsn(int code, String type) {
            add(type, "", "");
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            if (!descriptor.equals(FIELD_VALUE)) {
                return null;
            }
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String key, Object value) {
                    if (key.equals("value")) {
                        fields.add((String) value);
                    }
                }
            };
        }
    }
}
