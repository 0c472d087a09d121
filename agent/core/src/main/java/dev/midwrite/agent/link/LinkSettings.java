package dev.midwrite.agent.link;

import dev.midwrite.event.FaultKind;
import java.io.File;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the link needs to know.
 *
 * @param incarnation random, never 0
 * @param journal directory that holds one directory per incarnation
 * @param journalBytes cap of one incarnation's journal
 * @param journalKeep how many earlier incarnations that nobody acknowledged are kept
 * @param faults that this host allows
 * @param killSwitch while this file exists nothing is recorded or injected
 */
public record LinkSettings(
        String version,
        String node,
        long incarnation,
        String controllerHost,
        int controllerPort,
        Path journal,
        long journalBytes,
        int journalKeep,
        Set<FaultKind> faults,
        File killSwitch) {}
