package dev.midwrite.controller.plan;

import dev.midwrite.controller.Problem;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that nobody but the store may see. It is shown by nothing but {@link #reveal}.
 *
 * @param written as it stands in the drill: itself, or <code>${NAME}</code> for a variable of the environment
 */
public record Secret(String written) {
    /** What stands in a bundle's drill for a secret that was written out. */
    static final String HIDDEN = "(hidden)";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** The variable's name, if it is one. */
    Optional<String> variable() {
        Matcher matcher = VARIABLE.matcher(written);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Looks like a variable, and is none. */
    boolean misspelt() {
        return written.startsWith("${") && variable().isEmpty();
    }

    /**
     * The text itself.
     *
     * @param environment such as {@code System::getenv}
     * @throws Problem if the variable is not set
     */
    public String reveal(UnaryOperator<String> environment) {
        if (variable().isEmpty()) {
            return written;
        }
        String value = environment.apply(variable().get());
        if (value == null) {
            throw new Problem("The drill's store needs the environment variable "
                    + variable().get() + ", which is not set.");
        }
        return value;
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
