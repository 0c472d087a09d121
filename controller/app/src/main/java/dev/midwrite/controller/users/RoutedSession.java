package dev.midwrite.controller.users;

import dev.midwrite.controller.users.Router.Target;
import java.net.URI;
import java.util.Optional;

/** A user's session, and how it reaches its node. */
record RoutedSession(UserSession session, Router router) implements SessionHandle {

    @Override
    public long label() {
        return session.label();
    }

    @Override
    public boolean open() {
        return session.state() == UserSession.State.OPEN;
    }

    @Override
    public boolean ended() {
        return session.state() == UserSession.State.ENDED;
    }

    @Override
    public Optional<Target> route() {
        return router.choose(session.home(), session.last(), session.label());
    }

    @Override
    public String cookies(URI to) {
        return session.cookies().header(to);
    }
}
