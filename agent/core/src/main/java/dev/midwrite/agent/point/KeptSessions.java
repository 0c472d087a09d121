package dev.midwrite.agent.point;

import java.util.Map;

/**
 * What a map of this process holds.
 *
 * @param map its name
 * @param familiar a session that passed here lately is among them: sessions are kept there
 * @param leftMillis how long each still lives, or {@link EntryMap#NEVER}, by the keyed hash of its name
 * @param problem why not all could be read, the class of an exception; empty if they were
 */
public record KeptSessions(String map, boolean familiar, Map<Long, Long> leftMillis, String problem) {}
