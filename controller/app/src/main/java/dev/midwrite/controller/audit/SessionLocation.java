package dev.midwrite.controller.audit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a node keeps sessions, as its journal says.
 *
 * @param shape of a key, or of the path of a file, with {@code {id}} in the place of a session's id
 * @param address {@code host:port} as the node sees it; empty if it does not say, as of a file
 */
public record SessionLocation(String shape, String address, OptionalInt database) {

    /** Of a record of type LOCATION, lines of {@code key=…}, {@code address=…}, {@code database=…}; empty without a key. */
    static Optional<SessionLocation> of(String payload) {
        String shape = "";
        String address = "";
        OptionalInt database = OptionalInt.empty();
        for (String line : payload.lines().toList()) {
            String value = line.substring(line.indexOf('=') + 1);
            if (line.startsWith("key=")) {
                shape = value;
            } else if (line.startsWith("address=")) {
                address = value;
            } else if (line.startsWith("database=") && value.matches("[0-9]{1,6}")) {
                database = OptionalInt.of(Integer.parseInt(value));
            }
        }
        return shape.isEmpty() ? Optional.empty() : Optional.of(new SessionLocation(shape, address, database));
    }

    /** Of files; empty for keys of a server. */
    public Optional<Path> directory() {
        return address.isEmpty() && shape.startsWith("/")
                ? Optional.ofNullable(Path.of(shape).getParent())
                : Optional.empty();
    }
}
