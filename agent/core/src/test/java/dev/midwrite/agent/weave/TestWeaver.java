package dev.midwrite.agent.weave;

import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.PointReport;
import java.lang.instrument.IllegalClassFormatException;
import java.util.List;
import java.util.Set;

/** Weaves single class files. */
public final class TestWeaver {
    private final WovenPoints points;
    private final Weaver weaver;

    public TestWeaver(Catalogue catalogue) {
        points = new WovenPoints(catalogue, Set.of());
        weaver = new Weaver(catalogue, points);
    }

    /** @return null if it carries no point */
    public byte[] weave(ClassLoader loader, String path, byte[] plain) throws IllegalClassFormatException {
        Module module = loader == null ? Object.class.getModule() : loader.getUnnamedModule();
        return weaver.transform(module, loader, path, null, null, plain);
    }

    public List<PointReport> reports() {
        return points.reports();
    }
}
