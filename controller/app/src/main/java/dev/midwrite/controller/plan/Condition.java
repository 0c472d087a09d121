package dev.midwrite.controller.plan;

import java.util.Map;

/**
 * What a step waits for.
 *
 * @param words as in "until all nodes are up"
 * @param up by node: whether it must be up (users may reach it) or down (its process has ended)
 */
public record Condition(String words, Map<String, Boolean> up) {}
