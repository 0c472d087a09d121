/**
 * Drills as JUnit tests. Annotations enter and become the text of a drill, which is read, validated and run as one from a
 * file; a verdict leaves, as what a test fails with or as a parameter of its method.
 */
package dev.midwrite.junit;
