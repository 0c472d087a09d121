package dev.midwrite.event;

/** Pure 64-bit mixing: for decisions that replay and for hashes that commit to a whole list. */
public final class Mix {
    /** 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    /** The finaliser of MurmurHash3 (Appleby, public domain): every input bit flips each output bit half the time. */
    public static long fmix64(long k) {
        k ^= k >>> 33;
        k *= 0xFF51AFD7ED558CCDL;
        k ^= k >>> 33;
        k *= 0xC4CEB9FE1A85EC53L;
        return k ^ (k >>> 33);
    }

    /** One step of the prefix hash of a list: h0 = 0, h(i+1) = mix(h(i), id(i)). */
    public static long mix(long hash, long id) {
        return fmix64((hash + GOLDEN) ^ id);
    }
}
