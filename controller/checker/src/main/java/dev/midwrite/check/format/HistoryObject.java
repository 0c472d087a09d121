package dev.midwrite.check.format;

import dev.midwrite.check.search.Call;
import dev.midwrite.check.search.Model;
import dev.midwrite.check.search.Operation;
import dev.midwrite.check.search.RegisterModel;
import dev.midwrite.check.search.TextModel;
import java.util.List;
import java.util.Objects;

/** The kind of object that a format's operations act on. */
sealed interface HistoryObject {
    /** Whether the object has this function. */
    boolean knows(String function);

    /**
     * What the operation did, as far as is known.
     *
     * @param ended how it ended with ok; null if its end is not known
     * @return null if it observed nothing and changed nothing
     * @throws UnreadableHistoryException if a value cannot be one of this function
     */
    Call call(Event invoked, Event ended) throws UnreadableHistoryException;

    Model model(List<Operation> operations);

    /** @param initial null for nil; otherwise the register is never nil, and a read of nil observes nothing */
    record Register(Object initial) implements HistoryObject {
        @Override
        public boolean knows(String function) {
            return function.equals("read") || function.equals("write") || function.equals("cas");
        }

        @Override
        public Call call(Event invoked, Event ended) throws UnreadableHistoryException {
            if (ofSeveral(invoked, ended)) {
                throw invoked.unreadable("a value with a key: this is a history of several registers, not of one");
            }
            if (invoked.function().equals("read")) {
                boolean nothing = ended == null || (ended.value() == null && initial != null);
                return nothing ? null : new Call.Read(ended.value());
            }
            same(invoked, ended);
            if (invoked.function().equals("write")) {
                return new Call.Write(invoked.value());
            }
            if (!(invoked.value() instanceof List<?> pair) || pair.size() != 2) {
                throw invoked.unreadable("a cas needs a value [old new]");
            }
            return new Call.CompareAndSet(pair.get(0), pair.get(1));
        }

        /** A read that is invoked as {@code [key nil]} and returns {@code [key value]} asks for that key's register. */
        private static boolean ofSeveral(Event invoked, Event ended) {
            boolean tuple =
                    invoked.value() instanceof Edn.Tagged tagged && tagged.tag().endsWith("Tuple");
            return tuple
                    || (invoked.function().equals("read")
                            && invoked.value() instanceof List<?> asked
                            && ended != null
                            && !asked.equals(ended.value()));
        }

        @Override
        public Model model(List<Operation> operations) {
            return new RegisterModel(operations, initial);
        }
    }

    /** A text for each key. */
    record Text() implements HistoryObject {
        @Override
        public boolean knows(String function) {
            return function.equals("get") || function.equals("put") || function.equals("append");
        }

        @Override
        public Call call(Event invoked, Event ended) throws UnreadableHistoryException {
            if (invoked.function().equals("get")) {
                return ended == null ? null : new Call.Read(ended.value() == null ? "" : text(ended));
            }
            same(invoked, ended);
            return invoked.function().equals("put") ? new Call.Write(text(invoked)) : new Call.Append(text(invoked));
        }

        private static String text(Event event) throws UnreadableHistoryException {
            if (event.value() instanceof String text) {
                return text;
            }
            throw event.unreadable("the value of a " + event.function() + " must be a string");
        }

        @Override
        public Model model(List<Operation> operations) {
            return new TextModel(operations);
        }
    }

    private static void same(Event invoked, Event ended) throws UnreadableHistoryException {
        if (ended != null && ended.value() != null && !Objects.equals(invoked.value(), ended.value())) {
            throw ended.unreadable("ends with another value than it was invoked with in line " + invoked.line());
        }
    }
}
