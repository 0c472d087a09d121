/**
 * An installed browser without a window, which shows pages of ours.
 *
 * <p>What enters: a page in a file. What leaves: a picture of it, and what the page said, asked for or logged meanwhile. It is
 * spoken to by the DevTools protocol over a pipe: no port is opened, and a browser whose pipe is gone ends.
 */
package dev.midwrite.controller.browser;
