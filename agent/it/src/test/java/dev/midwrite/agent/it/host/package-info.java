/** Programs that tests start with the agent; they know nothing of it. */
package dev.midwrite.agent.it.host;
