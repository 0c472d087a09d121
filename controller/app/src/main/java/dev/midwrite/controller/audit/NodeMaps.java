package dev.midwrite.controller.audit;

import dev.midwrite.link.v1.Kept;
import java.util.List;

/** What nodes hold in maps of data grids, as their agents tell it. Thread-safe. */
public interface NodeMaps {

    /**
     * Asks every node whose agent is connected, and waits for all of them. One that does not answer in time has that for its
     * problem.
     *
     * @param map its name; empty for those at which nodes saw sessions
     * @return one for each node, in order of name; of a grid that is large a map comes in several parts
     */
    List<Answer> look(String map);

    /** @param problem why it told nothing, a sentence or part of one; empty if it did */
    record Answer(String node, List<Kept> kept, String problem) {}
}
