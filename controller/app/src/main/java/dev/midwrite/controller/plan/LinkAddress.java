package dev.midwrite.controller.plan;

/** Where a drill's controller listens for agents. */
public record LinkAddress(String host, int port) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
