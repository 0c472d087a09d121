/**
 * What comes from outside, made up by Jazzer, which follows what each input reaches. In every build the inputs that are kept
 * are run once; {@code -Pfuzz} looks for others (docs/testing.md).
 */
package dev.midwrite.controller.fuzz;
