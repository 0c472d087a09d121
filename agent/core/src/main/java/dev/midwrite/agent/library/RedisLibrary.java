package dev.midwrite.agent.library;

import dev.midwrite.agent.point.AttributeSink;
import dev.midwrite.agent.point.Library;
import java.nio.ByteBuffer;

/** A client of Redis: whatever it is made of, its commands are framed alike, and sessions lie in hashes. */
abstract class RedisLibrary extends Library {
    RedisLibrary(String name) {
        super(name);
    }

    @Override
    public final int valueByte(ByteBuffer command) {
        return Resp.valueByte(command);
    }

    @Override
    public final boolean sends(String command) {
        return HashFields.sends(command);
    }

    @Override
    public final void sent(String command, Object arguments, AttributeSink to) {
        HashFields.sent(command, arguments, to);
    }

    @Override
    public final boolean brought(String command, Object result, AttributeSink to) {
        return HashFields.brought(command, result, to);
    }
}
