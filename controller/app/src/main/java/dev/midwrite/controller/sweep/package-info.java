/**
 * A crash at every position of an operation. In: a drill, whose store, nodes and logins stay. Out: which positions there are, by
 * a recording; a drill with one fault at each; a row for each, with what the session was afterwards and what broke.
 */
package dev.midwrite.controller.sweep;
