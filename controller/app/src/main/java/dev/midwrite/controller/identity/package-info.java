/**
 * Who may talk to a controller, and what they may ask.
 *
 * <p>What enters: tokens and certificates in files, and the calls that show them. What leaves: callers with a role, or a
 * rejection in one sentence, and one line in a log for each command.
 */
package dev.midwrite.controller.identity;
