/**
 * Synthetic users: the only ones whose word may prove a store guilty.
 *
 * <p>What enters: how many users do what how often ({@link dev.midwrite.controller.plan.UsersSpec}) and which nodes are
 * up ({@link dev.midwrite.controller.users.Router}). What leaves: one {@link dev.midwrite.event.UserOperation} per
 * attempt, stamped with one clock ({@link dev.midwrite.controller.users.UserClock}), and metrics from planned times.
 */
package dev.midwrite.controller.users;
