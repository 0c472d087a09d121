package dev.midwrite.controller.users;

import dev.midwrite.check.Scope;
import dev.midwrite.controller.plan.Drill;
import dev.midwrite.controller.plan.UsersSpec;

/**
 * What users need to know of a drill.
 *
 * @param seed decides what each user does; the same seed repeats the same plans under the same session labels
 * @param probePath where nodes mount the probe endpoints, such as {@code /probe}
 * @param homeOnly a session lives on one node, and final reads ask that node alone
 */
public record UserSetting(UsersSpec users, long seed, String probePath, boolean homeOnly) {

    public static UserSetting of(Drill drill) {
        return new UserSetting(drill.users(), drill.seed(), drill.nodes().probePath(), drill.scope() == Scope.NODE);
    }
}
