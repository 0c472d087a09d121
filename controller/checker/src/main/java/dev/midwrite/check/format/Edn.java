package dev.midwrite.check.format;

import java.util.Map;

/**
 * What {@link EdnReader} returns, besides null, Boolean, String, Long, BigInteger, BigDecimal, List, Set and Map.
 * Compares by content, so that values of operations can be compared whatever they are.
 */
sealed interface Edn {

    /** {@code :name}, without the colon. */
    record Keyword(String name) implements Edn {
        @Override
        public String toString() {
            return ":" + name;
        }
    }

    /** A symbol, a character, a ratio or a hexadecimal number, as written. */
    record Symbol(String text) implements Edn {
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code #tag form}. */
    record Tagged(String tag, Object form) implements Edn {}

    /** A form with the line on which it begins. */
    record Placed(int line, Object form) implements Edn {
        /** The map itself, without a tag such as {@code #jepsen.history.Op}; null if it is none. */
        Map<?, ?> map() {
            Object inner = form;
            while (inner instanceof Tagged tagged) {
                inner = tagged.form();
            }
            return inner instanceof Map<?, ?> map ? map : null;
        }
    }
}
