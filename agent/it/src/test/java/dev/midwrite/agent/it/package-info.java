/** The shipped agent jar in real JVMs. */
package dev.midwrite.agent.it;
