package dev.midwrite.controller.probe;

import dev.midwrite.controller.Problem;
import java.util.function.Supplier;

/**
 * What a second login by a name does to the session that the name has. Where it ends that one, or is rejected, users who share
 * names would end each other's sessions or keep each other out, and one who logs in anew because something is in doubt would end
 * his own; nothing would have been lost.
 *
 * @param keepsTheFirst also if that cannot be told, because a login alone shows no session
 * @param rejection what the second login was answered with; empty if it was not rejected
 */
record SecondLogin(boolean keepsTheFirst, String rejection) {
    private static final SecondLogin KEEPS = new SecondLogin(true, "");

    /** Whether a visitor's session is there. */
    interface Presence {
        boolean of(FlowContact visitor) throws InterruptedException;
    }

    /**
     * Tries it, and lets both visitors leave.
     *
     * @param visitors of one name
     * @throws Problem if the first login is not answered as the flow expects
     */
    static SecondLogin of(Supplier<FlowContact> visitors, Presence presence) throws InterruptedException {
        FlowContact first = visitors.get();
        first.arrive();
        if (!presence.of(first)) {
            leave(first);
            return KEEPS;
        }
        FlowContact second = visitors.get();
        try {
            second.arrive();
        } catch (Problem e) {
            leave(first);
            return new SecondLogin(false, e.getMessage());
        }
        boolean keeps = presence.of(first);
        leave(second);
        if (keeps) {
            leave(first);
        }
        return new SecondLogin(keeps, "");
    }

    /** As far as it can: what the last steps need, such as a token, may be seen only by who has done all that users do. */
    private static void leave(FlowContact visitor) throws InterruptedException {
        try {
            if (visitor.isLetIn()) {
                visitor.leave();
            }
        } catch (Problem e) {
            // Whether users can leave, the one who walks the whole flow shows; this session ends by itself.
        }
    }
}
