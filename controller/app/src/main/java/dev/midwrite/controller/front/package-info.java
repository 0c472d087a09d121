/**
 * A reverse proxy in front of the nodes, for load that we do not drive.
 *
 * <p>What enters: requests of anybody's client ({@link dev.midwrite.controller.front.Front}), and which nodes are in rotation
 * (the users' {@link dev.midwrite.controller.users.Router}). What leaves: the same requests at one of the nodes, under a
 * request id that journals carry, and a record of each attempt
 * ({@link dev.midwrite.controller.front.FrontAttempt}). Bodies are passed on as they come and are never kept; cookies are kept
 * as keyed hashes.
 */
package dev.midwrite.controller.front;
