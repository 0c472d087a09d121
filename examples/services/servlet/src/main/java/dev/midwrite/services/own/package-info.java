/**
 * Sessions as an application keeps them that has written all of it by itself: no framework, and nothing that Midwrite knows by name.
 *
 * <p>Enters: requests. Leaves: the same with a session, which is in Redis before the answer leaves.
 */
package dev.midwrite.services.own;
