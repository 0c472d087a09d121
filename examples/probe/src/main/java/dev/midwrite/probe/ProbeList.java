package dev.midwrite.probe;

/**
 * The prefix hash of an append-only list: h0 = 0, h(i+1) = mix(h(i), id(i)). Two lists with the same length and hash
 * hold the same ids in the same order, so a reply of constant size commits to the whole list.
 */
final class ProbeList {
    private ProbeList() {}

    static long hash(long[] ids) {
        long hash = 0;
        for (long id : ids) {
            hash = mix(hash, id);
        }
        return hash;
    }

    // The finaliser of MurmurHash3 (Appleby, public domain); the users compute the same.
    static long mix(long hash, long id) {
        long k = (hash + 0x9E3779B97F4A7C15L) ^ id;
        k ^= k >>> 33;
        k *= 0xFF51AFD7ED558CCDL;
        k ^= k >>> 33;
        k *= 0xC4CEB9FE1A85EC53L;
        return k ^ (k >>> 33);
    }
}
