package dev.midwrite.controller.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.event.Edge;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SessionLocationsTest {

    @Test
    void eachPlaceThatAnyNodeReportsIsKeptOnce() {
        SessionLocations locations = new SessionLocations();
        stored(locations, "node-1", EventType.LOCATION, "key=a:{id}\naddress=h:1\ndatabase=3");
        stored(locations, "node-2", EventType.LOCATION, "key=a:{id}\naddress=h:1\ndatabase=3");
        stored(locations, "node-2", EventType.LOCATION, "key=b:{id}\naddress=h:1");
        stored(locations, "node-2", EventType.OPERATION, "key=c:{id}");

        assertThat(locations.all())
                .containsExactlyInAnyOrder(
                        new SessionLocation("a:{id}", "h:1", OptionalInt.of(3)),
                        new SessionLocation("b:{id}", "h:1", OptionalInt.empty()));
    }

    @Test
    void wordsOfALaterAgentDoNoHarm() {
        assertThat(SessionLocation.of("key=a:{id}\nunknown=1\nno line of ours\ndatabase=many"))
                .contains(new SessionLocation("a:{id}", "", OptionalInt.empty()));
        assertThat(SessionLocation.of("address=h:1")).isEmpty();
        assertThat(SessionLocation.of("")).isEmpty();
    }

    private static void stored(SessionLocations locations, String node, EventType type, String payload) {
        ByteBuffer to = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        EventRecord.write(to, type, 0, 0, 0, 0, 0, 0, 0, 0, Edge.NONE, 0, 0, 0, bytes);
        locations.stored(node, 1, EventRecord.read(to.flip(), 0), "");
    }
}
