package dev.midwrite.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.lang.EdnReader;
import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashMap;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midwrite.event.OperationKind;
import dev.midwrite.event.Outcome;
import dev.midwrite.event.UserOperation;
import dev.midwrite.event.UserOperationBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported histories, read with Clojure's own reader, as Knossos and Elle read them. */
class ExportedHistoryTest {
    private static final List<String> ATTRIBUTES = List.of("session", "register a", "register b", "list");
    private static final int REGISTER = 1;
    private static final int LIST = 3;

    /** One line, as a program of somebody else sees it. */
    private record Line(long index, long time, long process, String type, String f, Object value) {
        static Line read(String text) {
            IPersistentMap map = (IPersistentMap) EdnReader.readString(text, PersistentHashMap.EMPTY);
            return new Line(
                    (Long) get(map, "index"),
                    (Long) get(map, "time"),
                    (Long) get(map, "process"),
                    ((Keyword) get(map, "type")).getName(),
                    ((Keyword) get(map, "f")).getName(),
                    get(map, "value"));
        }

        private static Object get(IPersistentMap map, String key) {
            return map.valAt(Keyword.intern(key));
        }
    }

    private static UserOperationBuilder operation(OperationKind kind, int attribute, int process, long from, long to) {
        return UserOperation.of(kind, 0xa1)
                .between(from, to)
                .attribute(attribute)
                .process(process)
                .request(process * 1000L + from, 1);
    }

    private static List<String> register(UserOperation... operations) {
        return new EdnExport(List.of(operations), ATTRIBUTES).registers().get("00000000000000a1-register-a");
    }

    @Test
    void aRegisterReadsAsKnossosWantsIt() {
        assertThat(register(
                        operation(OperationKind.WRITE, REGISTER, 7, 10, 20)
                                .value(5)
                                .build(),
                        operation(OperationKind.READ, REGISTER, 7, 30, 40)
                                .value(5)
                                .build(),
                        operation(OperationKind.REMOVE, REGISTER, 7, 50, 60).build(),
                        operation(OperationKind.READ, REGISTER, 7, 70, 80).build()))
                .containsExactly(
                        "{:index 0, :time 10, :process 7, :type :invoke, :f :write, :value 5}",
                        "{:index 1, :time 20, :process 7, :type :ok, :f :write, :value 5}",
                        "{:index 2, :time 30, :process 7, :type :invoke, :f :read, :value nil}",
                        "{:index 3, :time 40, :process 7, :type :ok, :f :read, :value 5}",
                        "{:index 4, :time 50, :process 7, :type :invoke, :f :write, :value nil}",
                        "{:index 5, :time 60, :process 7, :type :ok, :f :write, :value nil}",
                        "{:index 6, :time 70, :process 7, :type :invoke, :f :read, :value nil}",
                        "{:index 7, :time 80, :process 7, :type :ok, :f :read, :value nil}");
    }

    @Test
    void whatMayStillTakeEffectEndsLastAndItsProcessDoesNotGoOn() {
        List<String> lines = register(
                operation(OperationKind.WRITE, REGISTER, 7, 10, UserOperation.NEVER)
                        .value(5)
                        .outcome(Outcome.INFO)
                        .build(),
                operation(OperationKind.READ, REGISTER, 7, 30, 40).value(5).build());
        assertThat(lines.get(3)).isEqualTo("{:index 3, :time 40, :process 7, :type :info, :f :write, :value 5}");
        assertThat(lines.get(1)).contains(":process 8");
    }

    @Test
    void overlappingRequestsOfOneUserHaveProcessesOfTheirOwn() {
        List<String> lines = register(
                operation(OperationKind.WRITE, REGISTER, 7, 10, 40).value(5).build(),
                operation(OperationKind.READ, REGISTER, 7, 20, 30).value(5).build());
        assertThat(lines).extracting(text -> Line.read(text).process()).containsExactly(7L, 8L, 8L, 7L);
    }

    @Test
    void whatEndsASessionEmptiesItsRegisters() {
        assertThat(register(
                        operation(OperationKind.WRITE, REGISTER, 7, 10, 20)
                                .value(5)
                                .build(),
                        operation(OperationKind.INVALIDATE, 0, 7, 30, 40).build()))
                .extracting(text -> Line.read(text).value())
                .containsExactly(5L, 5L, null, null);
    }

    @Test
    void aDamagedValueIsOneThatNobodyWrote() {
        assertThat(register(operation(OperationKind.READ, REGISTER, 7, 10, 20)
                        .value(5)
                        .flags(UserOperation.GARBAGE)
                        .build()))
                .extracting(text -> Line.read(text).value())
                .containsExactly(null, Keyword.intern("garbage"));
    }

    @Test
    void whatNoUserSawIsLeftOut() {
        assertThat(new EdnExport(
                                List.of(operation(OperationKind.WRITE, REGISTER, 7, 10, 20)
                                        .flags(UserOperation.JOURNALED)
                                        .build()),
                                ATTRIBUTES)
                        .registers())
                .isEmpty();
    }

    @Test
    void listsAreTransactionsForElle() {
        EdnExport export = new EdnExport(
                List.of(
                        operation(OperationKind.APPEND, LIST, 7, 10, 20).build(),
                        operation(OperationKind.READ_LIST, LIST, 7, 30, 40)
                                .length(2)
                                .payload(7010, 9)
                                .build(),
                        operation(OperationKind.READ_LIST, LIST, 7, 50, 60)
                                .length(100)
                                .payload(9)
                                .build()),
                ATTRIBUTES);
        assertThat(export.lists())
                .containsExactly(
                        "{:index 0, :time 10, :process 7, :type :invoke, :f :txn, :value [[:append"
                                + " \"00000000000000a1-list\" 7010]]}",
                        "{:index 1, :time 20, :process 7, :type :ok, :f :txn, :value [[:append"
                                + " \"00000000000000a1-list\" 7010]]}",
                        "{:index 2, :time 30, :process 7, :type :invoke, :f :txn, :value [[:r"
                                + " \"00000000000000a1-list\" nil]]}",
                        "{:index 3, :time 40, :process 7, :type :ok, :f :txn, :value [[:r \"00000000000000a1-list\""
                                + " [7010 9]]]}");
        assertThat(export.partialReads()).isEqualTo(1);
    }

    /** What every checker relies on, of histories of users who overlap, hang and fail. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomHistoriesAreSuchAsACheckerMayRead(long seed) {
        List<UserOperation> operations = randomRegister(new Random(seed));
        List<Line> lines = register(operations.toArray(UserOperation[]::new)).stream()
                .map(Line::read)
                .toList();
        assertThat(lines).hasSize(2 * operations.size());
        Map<Long, Line> open = new HashMap<>();
        Set<Long> gone = new HashSet<>();
        Set<Object> invoked = new HashSet<>();
        long last = 0;
        for (Line line : lines) {
            assertThat(line.index()).isEqualTo(lines.indexOf(line));
            assertThat(line.time()).isGreaterThanOrEqualTo(last);
            last = line.time();
            if (line.type().equals("invoke")) {
                assertThat(gone).doesNotContain(line.process());
                assertThat(open.put(line.process(), line)).isNull();
                if (line.f().equals("write")) {
                    invoked.add(line.value());
                }
            } else {
                Line begun = open.remove(line.process());
                assertThat(begun.f()).isEqualTo(line.f());
                if (line.type().equals("info")) {
                    gone.add(line.process());
                }
                if (line.f().equals("read") && line.type().equals("ok") && line.value() != null) {
                    assertThat(invoked).contains(line.value());
                }
            }
        }
        assertThat(open).isEmpty();
    }

    /** Three users on one register that forgets a tenth of what it acknowledges. */
    private static List<UserOperation> randomRegister(Random random) {
        List<UserOperation> operations = new ArrayList<>();
        long value = 0;
        for (int i = 1; i <= 200; i++) {
            long from = i * 10L;
            boolean never = random.nextInt(20) == 0;
            boolean writes = random.nextBoolean();
            UserOperationBuilder next = operation(
                            writes ? OperationKind.WRITE : OperationKind.READ,
                            REGISTER,
                            random.nextInt(3),
                            from,
                            never ? UserOperation.NEVER : from + random.nextInt(40))
                    .value(writes ? i : value)
                    .outcome(never ? Outcome.INFO : random.nextInt(10) == 0 ? Outcome.FAIL : Outcome.OK);
            value = writes && random.nextInt(10) > 0 ? i : value;
            operations.add(next.build());
        }
        return operations;
    }

    @Test
    void jsonLinesHoldEveryOperation() throws IOException {
        List<UserOperation> operations = List.of(
                operation(OperationKind.APPEND, LIST, 7, 10, 20)
                        .node(1)
                        .length(1)
                        .payload(7010)
                        .flags(UserOperation.WHOLE)
                        .build(),
                operation(OperationKind.READ_LIST, LIST, 7, 30, UserOperation.NEVER)
                        .outcome(Outcome.INFO)
                        .length(503)
                        .build());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : JsonLinesExport.lines(operations, List.of("unknown", "node-1"), ATTRIBUTES)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.get("type").asText())
                .containsExactly("invoke", "ok", "invoke", "info");
        assertThat(lines.get(1).get("node").asText()).isEqualTo("node-1");
        assertThat(lines.get(1).at("/payload/0").asText()).isEqualTo("0000000000001b62");
        assertThat(lines.get(1).get("whole").asBoolean()).isTrue();
        assertThat(lines.get(3).get("status").asInt()).isEqualTo(503);
        assertThat(lines.get(3).get("length").asInt()).isZero();
        assertThat(lines.get(3).get("f").asText()).isEqualTo("read-list");
        assertThat(lines.get(0).get("session").asText()).isEqualTo("00000000000000a1");
    }
}
