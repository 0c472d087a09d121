package dev.midwrite.agent.point;

import java.nio.ByteBuffer;

/** Takes what a session holds, one attribute after the other. */
@FunctionalInterface
public interface AttributeSink {

    /**
     * @param name as the application calls it
     * @param value as the store has it, from its position to its limit; valid during the call
     */
    void take(String name, ByteBuffer value);
}
