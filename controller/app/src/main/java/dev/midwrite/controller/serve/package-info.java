/**
 * The controller's end of the link.
 *
 * <p>What enters: the streams of agents ({@link dev.midwrite.controller.serve.LinkServer}) and what an operator asks.
 * What leaves: the state of every node ({@link dev.midwrite.controller.serve.Fleet}), its journals as files
 * ({@link dev.midwrite.controller.serve.JournalStore}) and one scrape of all nodes' meters
 * ({@link dev.midwrite.controller.serve.FleetMetrics}).
 */
package dev.midwrite.controller.serve;
