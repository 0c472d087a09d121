/**
 * Small services that keep their sessions in different places; the profile says where.
 *
 * <p>What enters: a profile ({@code plain}, {@code indexed}, {@code json}, {@code grid}, {@code memory}) and, for some
 * drills, a bad habit. What leaves: a node that mounts the probe.
 */
package dev.midwrite.services;
