/**
 * Results of requests that other tools sent.
 *
 * <p>What enters: a file of JMeter, k6 or a browser ({@link dev.midwrite.controller.load.ResultFile}). What leaves: how many
 * requests were served, and for how long none were ({@link dev.midwrite.controller.load.ServiceRecord}). Nothing of this says
 * a word about data: evidence of level C.
 */
package dev.midwrite.controller.load;
