package dev.midwrite.event;

/**
 * The header of four bytes, little-endian, before each blob in a file of a Chronicle Queue; it stands at a multiple of
 * four. Bit 31: not complete; bit 30: metadata; the rest: the blob's length. 0 where nothing is written yet. Chronicle
 * calls it size-prefixed blobs and has kept it since version 4.
 */
public final class BlobHeader {
    public static final int BYTES = Integer.BYTES;

    private static final int NOT_COMPLETE = 1 << 31;
    private static final int METADATA = 1 << 30;
    private static final int LENGTH = METADATA - 1;

    private BlobHeader() {}

    /** Nothing is written yet, a blob is begun and not complete, or the file was ended. */
    public static boolean isOpen(int header) {
        return header == 0 || (header & NOT_COMPLETE) != 0;
    }

    /** The file was ended: another one goes on. */
    public static boolean isEnd(int header) {
        return header == (NOT_COMPLETE | METADATA);
    }

    /** The blob is Chronicle's own business. */
    public static boolean isMetadata(int header) {
        return (header & METADATA) != 0;
    }

    /** The blob's length in bytes. */
    public static int length(int header) {
        return header & LENGTH;
    }

    /** Where the next header stands. */
    public static long next(long position, int length) {
        return (position + BYTES + length + 3) & -4;
    }
}
