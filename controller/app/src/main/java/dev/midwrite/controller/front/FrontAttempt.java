package dev.midwrite.controller.front;

/**
 * What the front saw of one attempt to pass a request on. Times are nanoseconds on the users' clock.
 *
 * @param invoked before the first byte could leave for the node
 * @param ended after the last byte of the answer had come, or when it was known that none would
 * @param request as in the header {@code X-Midwrite-Request} that the node got
 * @param attempt from 1; a further one only after a node that could not be reached
 * @param session keyed hash of the session cookie that came with the request; 0 if none did
 * @param method as in the request
 * @param node number of the node, 0 if none was in rotation
 * @param status of the answer, 0 if none began
 * @param login the answer demands a login
 * @param given keyed hash of the session cookie that the answer set; 0 if none
 * @param taken the answer took the session cookie away
 * @param closedByNode code of the WebSocket's close frame from the node; 0 if none came
 * @param closedByClient the same of the client's
 */
public record FrontAttempt(
        long invoked,
        long ended,
        long request,
        int attempt,
        long session,
        String method,
        int node,
        int status,
        Ending ending,
        Form form,
        boolean login,
        long given,
        boolean taken,
        int closedByNode,
        int closedByClient) {

    /** How it ended. */
    public enum Ending {
        /** The whole answer came. */
        ANSWERED,
        /** It was sent, and the answer did not come, or not to its end. */
        CUT,
        /** Nothing of it left: no connection, or no node in rotation. */
        UNSENT,
        /** The client went away before the answer had come. */
        ABANDONED
    }

    /** What the answer is. */
    public enum Form {
        PLAIN,
        /** {@code text/event-stream}: it ends when somebody ends it. */
        EVENT_STREAM,
        WEB_SOCKET
    }

    /** The session's cookie was exchanged for another one. */
    public boolean replaced() {
        return session != 0 && given != 0 && given != session;
    }
}
