package dev.midwrite.probe;

import java.util.HexFormat;

/** One flat JSON object, built in the order of its calls. Numbers of 64 bits travel as 16 hex digits: JSON has no such. */
final class Reply {
    private final StringBuilder json = new StringBuilder(160).append('{');

    Reply text(String name, String value) {
        name(name);
        if (value == null) {
            json.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    Reply hex(String name, long value) {
        name(name).append('"').append(HexFormat.of().toHexDigits(value)).append('"');
        return this;
    }

    Reply number(String name, long value) {
        name(name).append(value);
        return this;
    }

    Reply flag(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    Reply hexes(String name, long[] values, int from) {
        name(name).append('[');
        for (int i = from; i < values.length; i++) {
            json.append(i == from ? "\"" : ",\"")
                    .append(HexFormat.of().toHexDigits(values[i]))
                    .append('"');
        }
        json.append(']');
        return this;
    }

    Reply texts(String name, String[] values) {
        name(name).append('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                json.append(',');
            }
            if (values[i] == null) {
                json.append("null");
            } else {
                quote(values[i]);
            }
        }
        json.append(']');
        return this;
    }

    String close() {
        return json.append('}').toString();
    }

    private StringBuilder name(String name) {
        return json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    // What a damaged store hands back may be any string, so anything but plain printable ASCII is escaped.
    private void quote(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                json.append(c);
            } else {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        json.append('"');
    }
}
