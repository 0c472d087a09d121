package dev.midwrite.controller.users;

import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.UsersSpec;

/**
 * What users need to know of a drill.
 *
 * @param seed decides what each user does; the same seed repeats the same plans under the same session labels
 * @param probePath where nodes mount the probe endpoints, such as {@code /probe}
 */
public record UserSetting(UsersSpec users, long seed, String probePath) {

    public static UserSetting of(Drill drill) {
        return new UserSetting(drill.users(), drill.seed(), drill.nodes().probePath());
    }
}
