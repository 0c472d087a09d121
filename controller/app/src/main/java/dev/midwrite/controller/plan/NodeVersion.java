package dev.midwrite.controller.plan;

import java.util.List;
import java.util.Map;

/**
 * Another build of the service, by which a rollout replaces nodes.
 *
 * @param command in place of the nodes' command, with the same placeholders; empty if it is the same
 * @param environment added to the nodes' environment; the same variable is replaced
 */
public record NodeVersion(List<String> command, Map<String, String> environment) {}
