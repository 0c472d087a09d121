package dev.midwrite.services.habit;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * What a shop keeps in a session, in one of the shapes that it had over time: a build cannot read what another build
 * wrote, as when a class has changed its fields and its {@code serialVersionUID}.
 */
final class Basket implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String BUILD = System.getProperty("service.build", "1");

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeUTF(BUILD);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        String build = in.readUTF();
        if (!build.equals(BUILD)) {
            throw new InvalidClassException(Basket.class.getName(), "written by build " + build + ", read by " + BUILD);
        }
    }
}
