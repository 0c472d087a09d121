package dev.midwrite.controller.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A {@link NodeMap} as one object of JSON. */
public final class MapJson {
    private MapJson() {}

    public static ObjectNode of(NodeMap map) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", map.node()).put("starts", map.starts()).put("sessions", map.kept());
        ArrayNode places = json.putArray("keys");
        map.places().forEach(place -> {
            ObjectNode each = places.addObject().put("shape", place.shape()).put("address", place.address());
            place.database().ifPresent(number -> each.put("database", number));
        });
        ArrayNode operations = json.putArray("commands");
        map.operations().forEach(operation -> {
            ObjectNode each = operations.addObject().put("point", operation.point());
            operation.commands().forEach(each.putArray("commands")::add);
            each.put("times", operation.times()).put("of", operation.of());
        });
        ArrayNode peers = json.putArray("peers");
        map.peers()
                .forEach(peer -> peers.addObject()
                        .put("peer", peer.peer())
                        .put("sent", peer.sent())
                        .put("words", peer.words())
                        .put("count", peer.count()));
        ArrayNode points = json.putArray("points");
        map.passages()
                .forEach(each -> points.addObject()
                        .put("kind", each.kind())
                        .put("point", each.point())
                        .put("count", each.count()));
        map.hooks().forEach(json.putArray("hooks")::add);
        map.phases().forEach(json.putArray("shutdown")::add);
        return json;
    }
}
