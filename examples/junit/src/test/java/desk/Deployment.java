package desk;

import dev.midwrite.junit.Drill;
import dev.midwrite.junit.DrillTest;

/** Fails, since the desk keeps its sessions in memory; its name keeps it out of the build. */
@Drill(
        main = Desk.class,
        arguments = "{port}",
        jvm = {"-Xmx128m", "-XX:TieredStopAtLevel=1"},
        scope = "node",
        sessions = 10,
        warmup = "1s",
        duration = "4s",
        settle = "1s")
class Deployment {

    @DrillTest(timeline = "- {at: 1s, node: node-1, action: restart}")
    void keepsSessions() {}
}
