package dev.midwrite.controller.serve;

import java.util.regex.Pattern;

/** Which names a node may have: they become directories and label values. */
final class NodeName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private NodeName() {}

    static boolean allowed(String name) {
        return ALLOWED.matcher(name).matches();
    }
}
