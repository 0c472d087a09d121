package dev.midwrite.check.fleet;

import java.util.List;

/**
 * What the nodes' journals hold of one session's writes, as an audit trail.
 *
 * @param session the user's label
 * @param acknowledged write ids in the order of their versions; where that is not known, in the order of the trails
 * @param trails of the nodes that acknowledged them, one for each start of a node
 * @param clockErrorNanos by how much times of two trails may be wrong against each other
 */
public record SessionTrail(
        long session, List<Long> acknowledged, List<AuditTrailCheck.Trail> trails, long clockErrorNanos) {}
