/** A service whose pages need a login, and whose users log out. */
package dev.midwrite.services.guarded;
