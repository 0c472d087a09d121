package dev.midwrite.agent.point;

/** Where attributes of sessions stand in a statement that was prepared, and in what comes back. */
public sealed interface AttributePlace {

    /**
     * It takes attributes to the store, in parameters that are given one by one.
     *
     * @param name number of the one that names an attribute, from 1
     * @param value number of the one with its bytes; 0 if it removes the attribute
     */
    record Parameters(int name, int value) implements AttributePlace {}

    /**
     * It brings back all that the store has of one session: a row for each attribute, or one row without any.
     *
     * @param name label of the column with an attribute's name
     * @param value label of the column with its bytes
     */
    record Columns(String name, String value) implements AttributePlace {}

    /** It may change attributes, and nobody knows which. */
    record Unknown() implements AttributePlace {}
}
