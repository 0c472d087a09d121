/** Real proxies that a run starts between users and nodes. */
package dev.midwrite.controller.proxy;
