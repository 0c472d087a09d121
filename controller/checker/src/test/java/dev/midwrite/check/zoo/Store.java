package dev.midwrite.check.zoo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One session in an honest store: every change takes effect at one instant; which instant is the user's to choose. */
final class Store {
    static final int GROUP = 4;

    boolean alive;
    long nonce;
    final Map<Integer, Long> registers = new HashMap<>();
    long[] list = {};
    final Set<Long> applied = new HashSet<>();
    long counter;
    long[] group = new long[GROUP];
    long object;
    long[] large = new long[GROUP];
    long version;
    long parent;

    void create(long newNonce) {
        alive = true;
        nonce = newNonce;
    }

    long register(int attribute) {
        return registers.getOrDefault(attribute, 0L);
    }

    void append(long id) {
        if (applied.add(id)) {
            list = Arrays.copyOf(list, list.length + 1);
            list[list.length - 1] = id;
        }
    }

    void increment(long id) {
        if (applied.add(id)) {
            counter++;
        }
    }

    void writeGroup(long stamp) {
        Arrays.fill(group, stamp);
    }

    void update(long next) {
        parent = version;
        version = next;
    }

    Store copy() {
        Store copy = new Store();
        copy.alive = alive;
        copy.nonce = nonce;
        copy.registers.putAll(registers);
        copy.list = list.clone();
        copy.applied.addAll(applied);
        copy.counter = counter;
        copy.group = group.clone();
        copy.object = object;
        copy.large = large.clone();
        copy.version = version;
        copy.parent = parent;
        return copy;
    }
}
