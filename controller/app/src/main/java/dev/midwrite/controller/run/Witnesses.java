package dev.midwrite.controller.run;

import java.util.List;
import java.util.function.Supplier;

/**
 * Who knows what happened in a run, beside its users.
 *
 * @param nodeNames by number, as far as nodes are known when it is asked: pods come while a run goes on
 */
record Witnesses(RunFleet fleet, Injector injector, NodeWatch watch, Supplier<List<String>> nodeNames) {}
