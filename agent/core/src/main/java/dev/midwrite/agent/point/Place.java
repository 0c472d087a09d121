package dev.midwrite.agent.point;

import java.util.List;

/**
 * Where a point lies in its library, and the code that is woven there.
 *
 * @param types class names with dots: these very classes, or if {@code isSuper} what extends or implements them
 * @param enter class that holds the advice for the beginning
 * @param exit class that holds the advice for the end; the same one, or one that several points share
 */
public record Place(List<String> types, boolean isSuper, Call call, String enter, String exit) {

    public Place {
        types = List.copyOf(types);
    }
}
