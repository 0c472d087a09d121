/**
 * Points: named places where the agent observes and injects, one class each, and the scopes that tie steps to saves.
 */
package dev.midwrite.agent.point;
