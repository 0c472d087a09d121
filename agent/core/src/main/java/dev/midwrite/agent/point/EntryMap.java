package dev.midwrite.agent.point;

/**
 * A map of a data grid as this process sees it: its entries have names, which are the ids of sessions if those are kept there. Two
 * that are equal are the same map.
 */
public interface EntryMap {
    /** Of an entry that never ends by itself. */
    long NEVER = -1;

    /** By which the whole grid knows it. */
    String name();

    /**
     * Tells of the entries that are this process's: of a member those that it holds, of a client all. Changes none, and is
     * no use of an entry either. Other members may be asked, so that it takes time; never on a thread of the host's.
     *
     * @throws ReflectiveOperationException with the library's own exception as its cause, or if the library has drifted
     */
    void read(Reader reader) throws ReflectiveOperationException;

    /** Is told of entries whose names are text; others are no sessions. */
    interface Reader {
        /** @param leftMillis how long it still lives by the clock of this process; {@link #NEVER} if for ever */
        void entry(String name, long leftMillis);
    }
}
