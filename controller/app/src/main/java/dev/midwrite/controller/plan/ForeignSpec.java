package dev.midwrite.controller.plan;

import java.util.List;

/**
 * Load that we do not drive: it comes through a front.
 *
 * @param command what drives the load, in words; empty if somebody else does
 * @param port at which the front listens; 0 for any free one
 * @param cookies names of cookies that may hold a session; empty for the usual ones
 */
public record ForeignSpec(List<String> command, int port, List<String> cookies) {}
