package dev.midwrite.agent.weave;

import java.nio.charset.StandardCharsets;

/** The part of a class file that holds its names. */
final class ConstantPool {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int COUNT = 8;

    private ConstantPool() {}

    /**
     * Whether any text in the constant pool contains this one, as the names of super types and the types in
     * descriptors do; false for what is no class file.
     *
     * @param text ASCII
     */
    static boolean mentions(byte[] classFile, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        if (classFile.length < COUNT + 2 || i32(classFile, 0) != MAGIC) {
            return false;
        }
        int count = u16(classFile, COUNT);
        int at = COUNT + 2;
        for (int i = 1; i < count && at + 3 < classFile.length; i++) {
            switch (classFile[at]) {
                case 1 -> { // Utf8
                    int length = u16(classFile, at + 1);
                    if (contains(classFile, at + 3, Math.min(length, classFile.length - at - 3), wanted)) {
                        return true;
                    }
                    at += 3 + length;
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

    private static boolean contains(byte[] in, int start, int length, byte[] wanted) {
        for (int i = start; i <= start + length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && in[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static int u16(byte[] in, int at) {
        return ((in[at] & 0xFF) << 8) | (in[at + 1] & 0xFF);
    }

    private static int i32(byte[] in, int at) {
        return (u16(in, at) << 16) | u16(in, at + 2);
    }
}
