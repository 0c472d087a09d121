package dev.midwrite.check.search;

import java.util.Arrays;

/** The texts that were read, as a tree of characters; node 0 stands for every text that is not in it. */
final class TextTree {
    private static final int NOWHERE = 0;
    private static final int ROOT = 1;

    private char[] letter = new char[64];
    private int[] child = new int[64];
    private int[] sibling = new int[64];
    private long[] lastRead = new long[64];
    private int[] enter = {};
    private int[] leave = {};
    private int size = 2;

    TextTree() {
        lastRead[NOWHERE] = Long.MIN_VALUE;
        lastRead[ROOT] = Long.MIN_VALUE;
    }

    void add(String text, long returned) {
        int node = ROOT;
        lastRead[node] = Math.max(lastRead[node], returned);
        for (int i = 0; i < text.length(); i++) {
            int next = next(node, text.charAt(i));
            node = next == NOWHERE ? grow(node, text.charAt(i)) : next;
            lastRead[node] = Math.max(lastRead[node], returned);
        }
    }

    /** No text is added afterwards. Numbers the nodes so that the subtree of each is one interval. */
    void close() {
        enter = new int[size];
        leave = new int[size];
        int[] path = new int[size];
        int depth = 0;
        int time = 1;
        path[0] = ROOT;
        enter[ROOT] = time++;
        int[] rest = Arrays.copyOf(child, size);
        while (depth >= 0) {
            int node = path[depth];
            int next = rest[node];
            if (next == NOWHERE) {
                leave[node] = time;
                depth--;
            } else {
                rest[node] = sibling[next];
                enter[next] = time++;
                path[++depth] = next;
            }
        }
    }

    /** Where {@code piece} leads from {@code node}. */
    int walk(int node, String piece) {
        int at = node;
        for (int i = 0; i < piece.length() && at != NOWHERE; i++) {
            at = next(at, piece.charAt(i));
        }
        return at;
    }

    /** Does the text at {@code node} begin the text at {@code longer}? */
    boolean begins(int node, int longer) {
        return node != NOWHERE && enter[node] <= enter[longer] && enter[longer] < leave[node];
    }

    /** When a text that begins with the one at {@code node} was last read. */
    long lastRead(int node) {
        return lastRead[node];
    }

    private int next(int node, char wanted) {
        int at = child[node];
        while (at != NOWHERE && letter[at] != wanted) {
            at = sibling[at];
        }
        return at;
    }

    private int grow(int node, char with) {
        if (size == letter.length) {
            letter = Arrays.copyOf(letter, size * 2);
            child = Arrays.copyOf(child, size * 2);
            sibling = Arrays.copyOf(sibling, size * 2);
            lastRead = Arrays.copyOf(lastRead, size * 2);
        }
        letter[size] = with;
        sibling[size] = child[node];
        child[node] = size;
        lastRead[size] = Long.MIN_VALUE;
        return size++;
    }
}
