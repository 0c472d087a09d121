package dev.midwrite.controller.audit;

import dev.midwrite.check.StoredSession.Lifetime;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamException;
import java.io.UTFDataFormatException;
import java.io.WriteAbortedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A session in a file of its own, as a container wrote it: its head is read, and what the application keeps only as far as the JDK's
 * own classes go. Nothing of an application's is ever loaded.
 *
 * @param id as the file's name says
 * @param whole it can be read as far as anybody but the application could
 */
record SessionFile(String id, boolean whole, Lifetime lifetime) {
    private static final String TOMCAT = ".session";
    /** Of a name of Jetty's: when the session ends, the context's path, the host's name, the id. */
    private static final int PARTS_OF_JETTY = 4;
    /** Attributes that a container would have to make are not made here, and what is made stays small. */
    private static final ObjectInputFilter PLAIN = ObjectInputFilter.Config.createFilter(
            "maxdepth=20;maxrefs=100000;maxarray=1000000;java.lang.*;java.util.ArrayList;java.util.Arrays$ArrayList;!*");

    private static final Lifetime UNKNOWN = Lifetime.of(0);

    /** Which session a file is by its name; empty if it is none of a container that is known here. */
    static Optional<String> idOf(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(TOMCAT) && name.length() > TOMCAT.length()) {
            return Optional.of(name.substring(0, name.length() - TOMCAT.length()));
        }
        String[] parts = name.split("_", -1);
        boolean jetty = parts.length >= PARTS_OF_JETTY && parts[0].matches("-?[0-9]{1,19}");
        return jetty && !parts[parts.length - 1].isEmpty() ? Optional.of(parts[parts.length - 1]) : Optional.empty();
    }

    /**
     * What lies there now.
     *
     * @param file one that {@link #idOf} knows
     * @param now in milliseconds, by our clock; a node wrote the times of its own
     * @throws java.nio.file.NoSuchFileException if it has gone
     */
    static SessionFile read(Path file, long now) throws IOException {
        String id = idOf(file).orElseThrow();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Lifetime lifetime = file.toString().endsWith(TOMCAT) ? tomcat(new PlainObjects(in), now) : jetty(in, now);
            return new SessionFile(id, true, lifetime);
        } catch (EOFException
                | ObjectStreamException
                | UTFDataFormatException
                | ClassCastException
                | ClassNotFoundException e) {
            return new SessionFile(id, false, UNKNOWN);
        }
    }

    /** Made, last used, seconds that it may be idle, whether it is new, whether it is valid, used, its id; then the rest. */
    private static Lifetime tomcat(ObjectInputStream in, long now) throws IOException, ClassNotFoundException {
        in.readObject();
        in.readObject();
        int seconds = (Integer) in.readObject();
        in.readObject();
        in.readObject();
        long used = (Long) in.readObject();
        in.readObject();
        try {
            Object next = in.readObject();
            while (!(next instanceof Integer)) {
                next = in.readObject(); // Who has logged in, if Tomcat was told to keep it.
            }
            for (int left = 2 * (Integer) next; left > 0; left--) {
                in.readObject();
            }
        } catch (InvalidClassException | ClassNotFoundException | WriteAbortedException e) {
            // An application's own attribute, or one that could not be written: what comes behind it is not looked at.
        }
        return seconds <= 0
                ? new Lifetime(Lifetime.NONE, Lifetime.ABSENT, -1)
                : new Lifetime(Math.max(0, used + TimeUnit.SECONDS.toMillis(seconds) - now), Lifetime.ABSENT, seconds);
    }

    /** Four texts; made, used, used before, when its cookie was set, when it ends, how long it may be idle; attributes. */
    private static Lifetime jetty(InputStream in, long now) throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (int texts = 0; texts < 4; texts++) {
            data.readUTF();
        }
        for (int times = 0; times < 4; times++) {
            data.readLong();
        }
        long end = data.readLong();
        long idle = data.readLong();
        try (ObjectInputStream attributes = new PlainObjects(in)) {
            attributes.available(); // It has a head of its own, which its constructor reads.
        }
        return end <= 0
                ? new Lifetime(Lifetime.NONE, Lifetime.ABSENT, -1)
                : new Lifetime(Math.max(0, end - now), Lifetime.ABSENT, TimeUnit.MILLISECONDS.toSeconds(idle));
    }

    private static final class PlainObjects extends ObjectInputStream {
        PlainObjects(InputStream in) throws IOException {
            super(in);
            setObjectInputFilter(PLAIN);
        }
    }
}
