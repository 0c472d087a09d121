package dev.midwrite.agent.point;

import java.util.List;
import java.util.Map;

/**
 * Methods of a library: by name and number of arguments, because descriptors differ between versions.
 *
 * @param methods names
 * @param arguments how many; -1 for any number
 * @param types of some arguments, by position: these very types
 * @param subtypes of some arguments, by position: these types or what extends or implements them
 */
public record Call(List<String> methods, int arguments, Map<Integer, String> types, Map<Integer, String> subtypes) {

    public Call {
        methods = List.copyOf(methods);
        types = Map.copyOf(types);
        subtypes = Map.copyOf(subtypes);
    }

    public static Call of(String method, int arguments) {
        return anyOf(List.of(method), arguments);
    }

    /** A method without overloads, whatever arguments it takes. */
    public static Call of(String method) {
        return of(method, -1);
    }

    /** Methods that are alike; any number of arguments if that is -1. */
    public static Call anyOf(List<String> methods, int arguments) {
        return new Call(methods, arguments, Map.of(), Map.of());
    }

    /** A method that takes exactly these types. */
    public static Call taking(String method, String... types) {
        Map<Integer, String> each = new java.util.HashMap<>();
        for (int i = 0; i < types.length; i++) {
            each.put(i, types[i]);
        }
        return new Call(List.of(method), types.length, each, Map.of());
    }

    /** Only if the argument at this position is declared as this very type. */
    public Call with(int position, String type) {
        Map<Integer, String> more = new java.util.HashMap<>(types);
        more.put(position, type);
        return new Call(methods, arguments, more, subtypes);
    }

    /** Only if the argument at this position is declared as this type or a subtype. */
    public Call withA(int position, String type) {
        Map<Integer, String> more = new java.util.HashMap<>(subtypes);
        more.put(position, type);
        return new Call(methods, arguments, types, more);
    }
}
