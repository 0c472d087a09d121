package dev.midwrite.agent.weave;

import dev.midwrite.agent.point.Place;
import dev.midwrite.agent.point.Point;
import dev.midwrite.event.PointsFile;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/** What the description of a point, which a user has written, turns out to fit. */
final class UserMethods {

    private UserMethods() {}

    /**
     * Takes note of the methods that a class has for a user's point, and refuses the point if it has none where the user
     * says so, or if there are too many in all.
     *
     * @return whether they may be woven
     */
    static boolean fit(Point point, Place place, TypeDescription type, MethodList<?> found, WovenPoints points) {
        if (found.isEmpty()) {
            if (place.types().contains(type.getName()) && !type.isAbstract()) {
                points.unmatched(
                        point, type.getName() + " declares no " + method(place) + "; name the class that does");
            }
            return false;
        }
        if (points.count(point, type.getName(), found.size()) > PointsFile.MOST_METHODS) {
            String why = "its description fits more than " + PointsFile.MOST_METHODS + " methods";
            point.refuse(why);
            points.failed(point, why);
        }
        if (point.isRefused()) {
            return false;
        }
        if (found.stream().anyMatch(method -> !isVoid(method.getReturnType()))) {
            point.returnsValue();
        }
        return true;
    }

    /** In words, such as {@code method save or store with 2 arguments}. */
    static String method(Place place) {
        int arguments = place.call().arguments();
        return "method " + String.join(" or ", place.call().methods())
                + (arguments < 0 ? "" : " with " + arguments + (arguments == 1 ? " argument" : " arguments"));
    }

    private static boolean isVoid(TypeDefinition type) {
        return type.represents(void.class);
    }
}
