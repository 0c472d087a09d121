package dev.midwrite.controller.cli;

import clojure.lang.EdnReader;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.Result;
import org.jetbrains.kotlinx.lincheck.ValueResult;
import org.jetbrains.kotlinx.lincheck.VoidResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.HBClock;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.verifier.linearizability.LinearizabilityVerifier;

/**
 * One exported register as somebody else's program reads it, who has the file and docs/export.md and nothing more. A process is a
 * thread of Lincheck's; what happened before an operation is what had ended on earlier lines. Of writes whose end is not
 * known, Lincheck is asked once for each way to choose those that took effect.
 */
final class LincheckReading {
    private static final int MOST_UNKNOWN = 10;

    private final List<Call> calls;

    /** @param end number of its last line; {@link Integer#MAX_VALUE} if nobody saw it end */
    private record Call(long process, boolean write, Object value, int begin, int end) {
        boolean unknown() {
            return end == Integer.MAX_VALUE;
        }
    }

    private LincheckReading(List<Call> calls) {
        this.calls = calls;
    }

    static LincheckReading of(Path file) throws IOException {
        Map<Object, Map<String, Object>> open = new HashMap<>();
        List<Call> calls = new ArrayList<>();
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            Map<String, Object> line = line(text);
            String type = word(line.get("type"));
            if (type.equals("invoke")) {
                line.put("begin", number);
                open.put(line.get("process"), line);
            } else {
                Map<String, Object> invoked = open.remove(line.get("process"));
                boolean write = word(line.get("f")).equals("write");
                // What certainly did not happen says nothing, and neither does a read that nobody saw end.
                if (type.equals("ok") || (type.equals("info") && write)) {
                    calls.add(new Call(
                            (Long) line.get("process"),
                            write,
                            line.get("value"),
                            (Integer) invoked.get("begin"),
                            type.equals("ok") ? number : Integer.MAX_VALUE));
                }
            }
            number++;
        }
        return new LincheckReading(calls);
    }

    private static Map<String, Object> line(String text) {
        IPersistentMap map = (IPersistentMap) EdnReader.readString(text, PersistentHashMap.EMPTY);
        Map<String, Object> line = new HashMap<>();
        for (String key : List.of("process", "type", "f", "value")) {
            line.put(key, map.valAt(Keyword.intern(key)));
        }
        return line;
    }

    private static String word(Object keyword) {
        return ((Keyword) keyword).getName();
    }

    /** Whether some order of the operations explains what was read, as Lincheck judges. */
    boolean linearizable() throws NoSuchMethodException {
        List<Call> unknown = calls.stream().filter(Call::unknown).toList();
        if (unknown.size() > MOST_UNKNOWN) {
            throw new IllegalArgumentException(unknown.size() + " writes are unknown, too many to try each way.");
        }
        for (int chosen = 0; chosen < 1 << unknown.size(); chosen++) {
            List<Call> happened = new ArrayList<>();
            for (Call call : calls) {
                int place = unknown.indexOf(call);
                if (place < 0 || (chosen & 1 << place) != 0) {
                    happened.add(call);
                }
            }
            if (judge(happened)) {
                return true;
            }
        }
        return false;
    }

    private static boolean judge(List<Call> happened) throws NoSuchMethodException {
        Map<Long, List<Call>> byProcess = new TreeMap<>();
        happened.forEach(call -> byProcess
                .computeIfAbsent(call.process(), process -> new ArrayList<>())
                .add(call));
        Collection<List<Call>> threads = byProcess.values();
        threads.forEach(thread -> thread.sort((one, other) -> Integer.compare(one.begin(), other.begin())));
        Method write = SequentialRegister.class.getMethod("write", Object.class);
        Method read = SequentialRegister.class.getMethod("read");
        List<List<Actor>> actors = new ArrayList<>();
        List<List<ResultWithClock>> results = new ArrayList<>();
        for (List<Call> thread : threads) {
            actors.add(thread.stream()
                    .map(call -> call.write()
                            // A list that may hold null, as a removal's value is.
                            ? new Actor(write, Arrays.asList(call.value()))
                            : new Actor(read, List.of()))
                    .toList());
            results.add(thread.stream()
                    .map(call -> new ResultWithClock(result(call), clock(call, threads)))
                    .toList());
        }
        return new LinearizabilityVerifier(SequentialRegister.class)
                .verifyResults(
                        new ExecutionScenario(List.of(), actors, List.of()),
                        new ExecutionResult(List.of(), results, List.of()));
    }

    private static Result result(Call call) {
        return call.write() ? VoidResult.INSTANCE : new ValueResult(call.value());
    }

    /** Of each thread, how many operations had ended when this one began. */
    private static HBClock clock(Call call, Collection<List<Call>> threads) {
        return new HBClock(threads.stream()
                .mapToInt(thread -> (int) thread.stream()
                        .filter(each -> each.end() < call.begin())
                        .count())
                .toArray());
    }
}
