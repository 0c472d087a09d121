package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Policy;
import java.io.File;
import java.nio.file.Path;

/**
 * What the link needs to know.
 *
 * @param incarnation random, never 0
 * @param identity how agent and controller know each other
 * @param journal directory that holds one directory per incarnation
 * @param journalBytes cap of one incarnation's journal
 * @param journalKeep how many earlier incarnations that nobody acknowledged are kept
 * @param policy what this host allows
 * @param killSwitch while this file exists nothing is recorded or injected
 */
public record LinkSettings(
        String version,
        String node,
        long incarnation,
        String controllerHost,
        int controllerPort,
        LinkIdentity identity,
        Path journal,
        long journalBytes,
        int journalKeep,
        Policy policy,
        File killSwitch) {}
