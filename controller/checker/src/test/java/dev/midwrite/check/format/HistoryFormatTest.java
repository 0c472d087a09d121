package dev.midwrite.check.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.check.Validity;
import dev.midwrite.check.search.Budget;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFormatTest {
    private static final String LOG = "INFO  jepsen.util - ";

    @ParameterizedTest
    @EnumSource
    void emptyFileIsALinearizableHistory(HistoryFormat format) throws Exception {
        assertThat(judge(format, "", null)).isEqualTo(Validity.TRUE);
        assertThat(judge(format, "\n \n", null)).isEqualTo(Validity.TRUE);
    }

    @Test
    void readOfNilIsAnObservationUnlessTheRegisterIsNeverNil() throws Exception {
        String history = """
                [{:process 0 :type :invoke, :f :write, :value 3 :time 1}
                 {:process 0 :type :ok, :f :write, :value 3 :time 2}
                 {:process 1 :type :invoke, :f :read, :value nil}
                 {:process 1 :type :ok, :f :read, :value nil}]""";

        assertThat(judge(HistoryFormat.EDN_REGISTER, history, null)).isEqualTo(Validity.FALSE);
        assertThat(judge(HistoryFormat.EDN_REGISTER, history, 0L)).isEqualTo(Validity.TRUE);
    }

    /** A write of nil, as a removal is, is one of the writes that are looked through. */
    @Test
    void aValueThatNobodyWroteIsNamedBesideWritesOfNil() throws Exception {
        ForeignHistory history = HistoryFormat.EDN_REGISTER.read("""
                [{:process 0 :type :invoke, :f :write, :value nil}
                 {:process 0 :type :ok, :f :write, :value nil}
                 {:process 1 :type :invoke, :f :read, :value nil}
                 {:process 1 :type :ok, :f :read, :value 7}]""".getBytes(StandardCharsets.UTF_8), null);

        assertThat(history.unwritten(history.judge(Budget.DEFAULT))).contains(7L);
    }

    @ParameterizedTest
    @CsvSource({"nil,TRUE", "0,FALSE"})
    void firstReadSeesTheInitialValue(String read, Validity expected) throws Exception {
        String log = LOG + "0 :invoke :read nil\n" + LOG + "0 :ok :read " + read + "\n";

        assertThat(judge(HistoryFormat.JEPSEN_LOG, log, null)).isEqualTo(expected);
        assertThat(judge(HistoryFormat.JEPSEN_LOG, log, 0L)).isEqualTo(Validity.TRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(%s)", "[%s]", "%s", "; a comment\n[%s ; another\n]\n"})
    void mapsMayStandInAVectorOrAListOrAlone(String frame) throws Exception {
        String maps = """
                #jepsen.history.Op{:index 0, :time 17, :type :invoke, :process 0, :f :cas, :value [nil :a]}
                {:process :nemesis, :type :info, :f :start, :value {:cut #{"n1" "n2"}, :at #inst "2026-11-21"}}
                {:process 0, :type :ok, :f :cas, :value (nil :a), :error [:none {:nested "map"}]}
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value :b}""";

        assertThat(judge(HistoryFormat.EDN_REGISTER, frame.formatted(maps), null))
                .isEqualTo(Validity.FALSE);
        assertThat(judge(HistoryFormat.EDN_REGISTER, frame.formatted(maps.replace(":b", ":a")), null))
                .isEqualTo(Validity.TRUE);
    }

    @Test
    void clientsMayHaveNamesAndNamedActorsThatOnlyReportAreNone() throws Exception {
        String history = """
                #jepsen.history.DenseHistory [
                {:process :a, :type :invoke, :f :write, :value 1}
                {:process :a, :type :info, :f :crash, :error #object[Timeout 0x1f ##NaN]}
                {:process :a, :type :invoke, :f :read}
                {:process :membership, :type :info, :f :join, :value "n1"}
                {:process "b", :type :invoke, :f :cas, :value [1 2]}
                {:process "b", :type :ok, :f :cas}
                {:process :a, :type :ok, :f :read, :value %s}]""";

        assertThat(judge(HistoryFormat.EDN_REGISTER, history.formatted("2"), null))
                .isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.EDN_REGISTER, history.formatted("nil"), null))
                .isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.EDN_REGISTER, history.formatted("3"), null))
                .isEqualTo(Validity.FALSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{:process 0, :type :invoke, :f :read, :value [7 nil]}\\n{:process 0, :type :ok, :f :read, :value [7 3]}"
                        + "|line 1: a value with a key: this is a history of several registers, not of one",
                "{:process 0, :type :invoke, :f :write, :value #jepsen.independent.Tuple [7 1]}"
                        + "|line 1: a value with a key: this is a history of several registers, not of one",
                "\\n{:process 0, :type :invoke, :f :write}|line 2: a write needs a :value when it is invoked",
                "{:process 0, :type :invoke, :f :read}\\n{:process 0, :type :ok, :f :read}"
                        + "|line 2: a read needs a :value when it is :ok",
                "{:process 0, :type :ok, :f :read, :value 1}"
                        + "|line 1: process 0 ends an operation that it has not invoked",
                "{:process 0, :type :info, :f :read, :value 1}"
                        + "|line 1: process 0 ends an operation that it has not invoked",
                "{:process [0], :type :invoke, :f :read}"
                        + "|line 1: an operation needs a :process that is a number or a name",
                "{:process 0, :type :invoke, :f :txn, :value [[:r 1 nil]]}|line 1: unknown operation :txn",
            })
    void saysWhyItIsNoHistoryOfOneRegister(String text, String message) {
        assertThatThrownBy(() -> judge(HistoryFormat.EDN_REGISTER, text.replace("\\n", "\r\n"), null))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage(message);
    }

    @Test
    void readsALogWithThreadsAndLongMessagesOfOthers() throws Exception {
        String head = "2026-11-21 19:42:00,572{GMT}\tINFO\t[jepsen worker 0] jepsen.";
        String log = head + "core: Running test:\n{:remote #Remote{:type :info, :f :start}\n  :nodes [\"n1\"]}\n\n"
                + head + "util: :nemesis\t:info\t:start\t#<unreadable>\n"
                + head + "util: [ 1345013587 ] 0\t:invoke\t:write\t1\n"
                + head + "util: 0\t:ok\t:write\t1\n"
                + "2026-11-21 19:42:01,000{GMT}\tWARN\t[worker 1] knossos.search: {:op {:type :ok, :f :read}}\n"
                + head + "util: 1\t:invoke\t:read\tnil\n"
                + head + "util: 1\t:ok\t:read\t%d\n"
                + head + "core: Analysis invalid!\n {:valid? false,\n :last-op {:type :ok, :value 1}}\n";

        assertThat(judge(HistoryFormat.JEPSEN_LOG, log.formatted(1), null)).isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.JEPSEN_LOG, log.formatted(2), null)).isEqualTo(Validity.FALSE);
    }

    @Test
    void operationsMayAllBeWithoutAHead() throws Exception {
        String bare = """
                0\t:invoke\t:write\t1
                :nemesis\t:info\t:stop\tnil
                0\t:ok\t:write\t1
                1\t:invoke\t:read\tnil
                1\t:ok\t:read\t2
                """;

        assertThat(judge(HistoryFormat.JEPSEN_LOG, bare, null)).isEqualTo(Validity.FALSE);
        assertThatThrownBy(() -> judge(HistoryFormat.JEPSEN_LOG, bare + LOG + "0 :invoke :read nil\n", null))
                .hasMessage("line 6: not of the form of the operations before");
        assertThatThrownBy(() -> judge(HistoryFormat.JEPSEN_LOG, LOG + "3 :invoke :read nil\n" + bare, null))
                .hasMessage("line 2: neither an operation nor another line of a log");
    }

    @Test
    void timeoutMayHaveTakenEffectAndFailureMustNot() throws Exception {
        String before = LOG + "0\t:invoke\t:write\t1\n";
        String after = LOG + "1 :invoke :read nil\n" + LOG + "1 :ok :read 1\n";

        assertThat(judge(HistoryFormat.JEPSEN_LOG, before + after, null)).isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.JEPSEN_LOG, before + LOG + "0 :info :write :timed-out\n" + after, null))
                .isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.JEPSEN_LOG, before + LOG + "0 :fail :write 1\n" + after, null))
                .isEqualTo(Validity.FALSE);
    }

    @Test
    void otherLinesOfALogArePassedOver() throws Exception {
        String log = """
                2014-08-06 12:00:00,123 WARN  jepsen.etcd - something odd
                java.net.SocketTimeoutException: Read timed out
                	at java.net.SocketInputStream.read(SocketInputStream.java:152)
                	... 12 more

                INFO  jepsen.util - :nemesis\t:info\t:start\tnil
                INFO [2018-02-01 12:00:00,123] jepsen worker 0 - jepsen.util 0\t:invoke\t:write\t1
                INFO [2018-02-01 12:00:00,124] jepsen worker 0 - jepsen.util 0\t:info\t:write\t1\t:timed-out
                """;

        assertThat(HistoryFormat.JEPSEN_LOG
                        .read(log.getBytes(StandardCharsets.UTF_8), null)
                        .operations())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 :invoke :write 1;0 :invoke :read nil|line 2: process 0 invokes an operation while that of line 1 is open",
                "0 :invoke :read nil;0 :ok :read 1;0 :ok :read 1|line 3: process 0 ends an operation that it has not invoked",
                "0 :invoke :write 1;0 :ok :read 1|line 2: process 0 ends another operation than it invoked in line 1",
                "0 :invoke :write 1;0 :ok :write 2|line 2: ends with another value than it was invoked with in line 1",
                "0 :invoke :increment 1|line 1: unknown operation :increment",
                "0 :invoke :cas 1|line 1: a cas needs a value [old new]",
                "0 :invoke :wri|line 1: an operation needs exactly one value",
                "0 :invo|line 1: an operation needs process, type, function and value",
                ":invoke :write 1|line 1: an operation without a process",
                "0 :invoke :cas [1|line 1, column 18: the text ends before ']'",
            })
    void saysWhereALogIsDamaged(String lines, String message) {
        assertThatThrownBy(() -> judge(HistoryFormat.JEPSEN_LOG, LOG + lines.replace(";", "\n" + LOG), null))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "{:process 0, :type :invoke, :f :put, :key \"0\", :value 3}",
                "{:process 0, :type :invoke, :f :put, :value \"a\"}",
                "{:process 0, :type :invoke, :f :take, :key \"0\", :value \"a\"}",
                "{:process 0, :type :began, :f :put, :key \"0\", :value \"a\"}",
                "{:type :invoke, :f :put, :key \"0\", :value \"a\"}",
                "{:process 0, :type :invoke, :f :put, :key \"0\", :value \"a",
                "{:process 0, :type :invoke, :f :get, :key \"0\", :value nil} {:process 0, :type :ok, :f :get, :key \"1\", :value \"\"}",
                "{:process 0, :index 2, :type :invoke, :f :get, :key \"0\", :value nil} {:process 1, :index 2, :type :invoke, :f :get, :key \"0\", :value nil}",
            })
    void refusesADamagedKeyValueHistory(String text) {
        assertThatThrownBy(() -> judge(HistoryFormat.KV, text, null))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessageStartingWith("line 1");
    }

    @Test
    void keysAreJudgedOneByOne() throws Exception {
        String history = """
                {:process 0, :type :invoke, :f :append, :key "0", :value "x"}
                {:process 1, :type :invoke, :f :get, :key "1", :value nil}
                {:process 0, :type :ok, :f :append, :key "0", :value "x"}
                {:process 1, :type :ok, :f :get, :key "1", :value "%s"}
                """;

        assertThat(judge(HistoryFormat.KV, history.formatted(""), null)).isEqualTo(Validity.TRUE);
        assertThat(judge(HistoryFormat.KV, history.formatted("x"), null)).isEqualTo(Validity.FALSE);
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = {'\n', '\n', 'a', (byte) 0xC3, (byte) 0x28};

        assertThatThrownBy(() -> HistoryFormat.KV.read(bytes, null))
                .isInstanceOf(UnreadableHistoryException.class)
                .hasMessage("line 3, column 2: this is no UTF-8 text");
    }

    private static Validity judge(HistoryFormat format, String text, Object initial) throws Exception {
        return format.read(text.getBytes(StandardCharsets.UTF_8), initial)
                .judge(Budget.DEFAULT)
                .validity();
    }
}
