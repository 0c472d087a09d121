package dev.midwrite.check.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The formats of other tools' histories that can be read. */
public enum HistoryFormat {
    /** The log of a Jepsen run on one register that is read, written, and compared and set. */
    JEPSEN_LOG("jepsen-log"),
    /** Maps {@code {:process 0, :type :invoke, :f :append, :key "0", :value "x"}} with put, append and get. */
    KV("kv"),
    /** A vector or list of maps {@code {:process 0, :type :ok, :f :cas, :value [1 2]}} on one register. */
    EDN_REGISTER("edn-register");

    private final String label;

    HistoryFormat(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /**
     * Reads a whole file. An empty one is a history without operations.
     *
     * @param initial value of a register before the first write: null for nil, or a Long; texts begin empty
     * @throws UnreadableHistoryException if it is not of this format, with the first place that is not
     */
    public ForeignHistory read(byte[] file, Object initial) throws UnreadableHistoryException {
        String text = decode(file);
        return switch (this) {
            case JEPSEN_LOG -> JepsenLogReader.read(text, new HistoryObject.Register(initial));
            case KV -> EdnHistoryReader.read(text, new HistoryObject.Text(), true);
            case EDN_REGISTER -> EdnHistoryReader.read(text, new HistoryObject.Register(initial), false);
        };
    }

    private static String decode(byte[] file) throws UnreadableHistoryException {
        CharBuffer chars = CharBuffer.allocate(file.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(file), chars, true);
        String text = chars.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            throw new UnreadableHistoryException(line, text.length() - text.lastIndexOf('\n'), "this is no UTF-8 text");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
