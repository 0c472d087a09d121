/**
 * What belongs together: a thread's request and operation, a command's step, a session object's history.
 *
 * <p>Enters: passages through points. Leaves: the same, tied to their scope.
 */
package dev.midwrite.agent.scope;
