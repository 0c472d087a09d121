package dev.midwrite.controller.store;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.StoreAction;
import java.io.IOException;
import java.time.Duration;
import redis.clients.jedis.exceptions.JedisException;

/** What can be done to one Redis server, whoever else there is. Not thread-safe. */
final class ServerActions {
    private StoreLimit limit = new StoreLimit();
    /** Whose memory was limited last; null for nobody's. */
    private RedisProcess limited;

    /**
     * Does it.
     *
     * @return as {@link StoreControl#act} says it
     * @throws Problem if that cannot be done
     */
    String act(RedisProcess server, StoreAction action, Duration lasting, double share) throws InterruptedException {
        try {
            return switch (action) {
                case RESTART -> {
                    server.stop();
                    server.start();
                    yield "was restarted";
                }
                case KILL -> {
                    server.kill();
                    yield "was killed";
                }
                case STOP -> {
                    server.stop();
                    yield "was stopped";
                }
                case START -> {
                    server.start();
                    yield "was started again";
                }
                case FILL, EVICT, FLUSH, PAUSE -> {
                    limited = action.lasts() ? server : limited;
                    try (RedisConnection connection = server.connect()) {
                        yield command(connection, action, lasting, share);
                    }
                }
                case FAILOVER, LAG, ISOLATE -> throw new Problem("One server alone has nobody to be parted from.");
            };
        } catch (IOException e) {
            throw new Problem("The store does not start again; " + e.getMessage() + ".", e);
        } catch (JedisException e) {
            throw failed(e);
        }
    }

    private String command(RedisConnection connection, StoreAction action, Duration lasting, double share) {
        return switch (action) {
            case FILL -> limit.fill(connection);
            case EVICT -> limit.evict(connection, share);
            case FLUSH -> {
                connection.flush();
                yield "was flushed";
            }
            default -> {
                connection.pause(lasting.toMillis());
                yield "was paused for " + lasting.toMillis() + " ms";
            }
        };
    }

    /** Gives its memory back to the server that it was taken from, if that runs. */
    void lift() {
        if (limited != null && limited.alive()) {
            try (RedisConnection connection = limited.connect()) {
                limit.lift(connection);
            } catch (JedisException e) {
                // It is down, and forgets the limit with that.
            }
        }
        limited = null;
        limit = new StoreLimit();
    }

    static Problem failed(JedisException e) {
        return new Problem("The store does not do what it is told: " + e.getMessage() + ".", e);
    }
}
