package dev.midwrite.controller.cli;

import java.util.Objects;

/** What Lincheck holds a register's history against: a register that one process uses. Lincheck makes, calls and compares it. */
public final class SequentialRegister {
    private Object value;

    public void write(Object written) {
        value = written;
    }

    public Object read() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SequentialRegister register && Objects.equals(value, register.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }
}
