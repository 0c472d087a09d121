package dev.midwrite.check.format;

import java.util.Map;

/** Reads histories that are maps, in one vector or list, or one after the other. */
final class EdnHistoryReader {
    private static final Edn.Keyword PROCESS = new Edn.Keyword("process");
    private static final Edn.Keyword TYPE = new Edn.Keyword("type");
    private static final Edn.Keyword FUNCTION = new Edn.Keyword("f");
    private static final Edn.Keyword KEY = new Edn.Keyword("key");
    private static final Edn.Keyword VALUE = new Edn.Keyword("value");
    private static final Edn.Keyword INDEX = new Edn.Keyword("index");
    private static final Edn.Keyword NEMESIS = new Edn.Keyword("nemesis");

    private EdnHistoryReader() {}

    static ForeignHistory read(String text, HistoryObject object, boolean keyed) throws UnreadableHistoryException {
        Pairing pairing = new Pairing(object);
        long lastIndex = Long.MIN_VALUE;
        for (Edn.Placed each : new EdnReader(text).readAll()) {
            int line = each.line();
            Map<?, ?> map = each.map();
            if (map == null) {
                throw new UnreadableHistoryException(line, "an operation must be a map");
            }
            if (map.get(INDEX) instanceof Long index) {
                if (index <= lastIndex) {
                    throw new UnreadableHistoryException(line, "index " + index + " after index " + lastIndex);
                }
                lastIndex = index;
            }
            if (!reports(map, pairing)) {
                pairing.add(event(line, map, keyed));
            }
        }
        return pairing.finish();
    }

    /** The nemesis, and other actors with a name that invoke nothing, are no clients. */
    private static boolean reports(Map<?, ?> map, Pairing pairing) {
        return map.get(PROCESS) instanceof Edn.Keyword name
                && (name.equals(NEMESIS) || (Event.Type.of(map.get(TYPE)) == Event.Type.INFO && !pairing.awaits(name)));
    }

    private static Event event(int line, Map<?, ?> map, boolean keyed) throws UnreadableHistoryException {
        Object process = map.get(PROCESS);
        if (!(process instanceof Long || process instanceof Edn.Keyword || process instanceof String)) {
            throw new UnreadableHistoryException(line, "an operation needs a :process that is a number or a name");
        }
        Event.Type type = Event.Type.of(map.get(TYPE));
        if (type == null) {
            throw new UnreadableHistoryException(line, "an operation needs a :type of :invoke, :ok, :fail or :info");
        }
        if (!(map.get(FUNCTION) instanceof Edn.Keyword function)) {
            throw new UnreadableHistoryException(line, "an operation needs an :f");
        }
        if (keyed && map.get(KEY) == null) {
            throw new UnreadableHistoryException(line, "an operation needs a :key");
        }
        boolean observes = function.name().equals("read") || function.name().equals("get");
        if (!map.containsKey(VALUE) && type == (observes ? Event.Type.OK : Event.Type.INVOKE)) {
            throw new UnreadableHistoryException(
                    line, "a " + function.name() + " needs a :value when it is " + (observes ? ":ok" : "invoked"));
        }
        return new Event(line, process, type, function.name(), keyed ? map.get(KEY) : null, map.get(VALUE));
    }
}
