package dev.midwrite.controller.plan;

import java.util.List;
import java.util.Set;

/**
 * How users of a flow log out, and what shows that they are logged in no more.
 *
 * @param page shown to whoever is logged in alone: asked for before the logout, and after it with the cookies of before
 * @param steps of which the last is the logout; not empty
 * @param every how many operations of a session lie before its logout
 * @param cookies that hold the login, by name; if none are named, those that end with the browser
 */
public record LogoutSpec(FlowStep page, List<FlowStep> steps, int every, Set<String> cookies) {}
