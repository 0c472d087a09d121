/**
 * Schedules of faults that are drawn by chance, and what remains of one that fails. In: a drill, whose store, nodes and logins stay.
 * Out: drills that a seed decides; of the first that fails the smallest that still does, as a drill file, and how often it does.
 */
package dev.midwrite.controller.storm;
