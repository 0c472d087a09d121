package dev.midwrite.controller.run;

import java.util.List;

/**
 * Who knows what happened in a run, beside its users.
 *
 * @param nodeNames by number
 */
record Witnesses(RunFleet fleet, Injector injector, NodeWatch watch, List<String> nodeNames) {}
