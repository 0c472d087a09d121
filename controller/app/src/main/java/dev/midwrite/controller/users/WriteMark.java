package dev.midwrite.controller.users;

import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A write id as it stands in the application's own fields: {@code mw}, 16 hexadecimal digits, {@code z}. */
public final class WriteMark {
    private static final Pattern WHOLE = Pattern.compile("mw([0-9a-f]{16})z");
    private static final Pattern BEGUN = Pattern.compile("mw[0-9a-f]{4,}");

    private WriteMark() {}

    public static String of(long id) {
        return "mw" + HexFormat.of().toHexDigits(id) + "z";
    }

    /** The id in a text that the application shows; empty if there is none. */
    public static OptionalLong in(String text) {
        Matcher matcher = WHOLE.matcher(text);
        return matcher.find() ? OptionalLong.of(HexFormat.fromHexDigitsToLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** Whether a mark stands there that is not whole. */
    static boolean cut(String text) {
        return in(text).isEmpty() && BEGUN.matcher(text).find();
    }
}
