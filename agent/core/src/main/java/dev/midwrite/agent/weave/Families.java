package dev.midwrite.agent.weave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Beginnings of class names, and which class files name such a class: in one pass, however many there are.
 *
 * <p>A class file names its super types, and the types in its own descriptors, in its constant pool. Thread-safe;
 * allocates nothing while it looks.
 */
final class Families {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int COUNT = 8;
    /** What is looked at first lies in so many bytes of a name; a beginning is at least as long. */
    private static final int HEAD = 8;

    private static final byte[][] NONE = {};

    private static final int BUCKETS = 1 << 12;

    /** By three of their first bytes. */
    private final byte[][][] buckets = new byte[BUCKETS][][];

    /** @param beginnings with slashes, such as {@code org/springframework/session/}; 8 ASCII characters or more */
    Families(Collection<String> beginnings) {
        Arrays.fill(buckets, NONE);
        for (String beginning : beginnings) {
            byte[] bytes = beginning.getBytes(StandardCharsets.US_ASCII);
            if (bytes.length < HEAD) {
                throw new IllegalArgumentException("too short: ".concat(beginning));
            }
            int slot = slot(bytes, 0);
            byte[][] longer = Arrays.copyOf(buckets[slot], buckets[slot].length + 1);
            longer[longer.length - 1] = bytes;
            buckets[slot] = longer;
        }
    }

    /** Whether its constant pool names a class of these families; false for what is no class file. */
    boolean areNamedIn(byte[] classFile) {
        if (classFile.length < COUNT + 2 || i32(classFile, 0) != MAGIC) {
            return false;
        }
        int count = u16(classFile, COUNT);
        int at = COUNT + 2;
        for (int i = 1; i < count && at + 3 < classFile.length; i++) {
            switch (classFile[at]) {
                case 1 -> { // Utf8
                    int end = at + 3 + u16(classFile, at + 1);
                    if (end - at > HEAD + 2 && end <= classFile.length) {
                        byte first = classFile[at + 3];
                        boolean descriptor = first == '(' || first == '[' || first == 'L';
                        boolean found = descriptor
                                ? isDescribedBy(classFile, at + 3, end)
                                : buckets[slot(classFile, at + 3)] != NONE && begins(classFile, at + 3, end);
                        if (found) {
                            return true;
                        }
                    }
                    at = end;
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5; // Integer, Float, *ref, NameAndType, *Dynamic
                case 5, 6 -> { // Long and Double take two places
                    at += 9;
                    i++;
                }
                case 7, 8, 16, 19, 20 -> at += 3; // Class, String, MethodType, Module, Package
                case 15 -> at += 4; // MethodHandle
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether this is a descriptor with such a class in it. */
    private boolean isDescribedBy(byte[] in, int start, int end) {
        int at = start;
        while (at + HEAD < end) {
            if (in[at] != 'L') {
                at++;
                continue;
            }
            if (buckets[slot(in, at + 1)] != NONE && begins(in, at + 1, end)) {
                return true;
            }
            at += HEAD;
            while (at < end && in[at] != ';') {
                at++;
            }
        }
        return false;
    }

    private boolean begins(byte[] in, int start, int end) {
        for (byte[] beginning : buckets[slot(in, start)]) {
            int length = beginning.length;
            if (start + length <= end && Arrays.equals(in, start, start + length, beginning, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static int slot(byte[] in, int at) {
        return (in[at] * 961 + in[at + 4] * 31 + in[at + 7]) & (BUCKETS - 1);
    }

    private static int u16(byte[] in, int at) {
        return ((in[at] & 0xFF) << 8) | (in[at + 1] & 0xFF);
    }

    private static int i32(byte[] in, int at) {
        return (u16(in, at) << 16) | u16(in, at + 2);
    }
}
