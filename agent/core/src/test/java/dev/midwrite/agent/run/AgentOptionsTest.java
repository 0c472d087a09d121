package dev.midwrite.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.event.FaultKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {

    @Test
    void withoutAnythingTheAgentIsDormantForGood() throws OptionException {
        AgentOptions options = options(null);
        assertThat(options.enabled()).isTrue();
        assertThat(options.hasController()).isFalse();
        assertThat(options.metricsPort()).isZero();
        assertThat(options.policy().faults())
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(FaultKind.NONE)));
        assertThat(options.log().getParentFile()).isEqualTo(options.journal());
    }

    @Test
    void argumentsWinOverPropertiesAndThoseOverTheEnvironment() throws OptionException {
        AgentOptions options = AgentOptions.of(
                "node=a,controller=localhost:7",
                Map.of("midwrite.node", "b", "midwrite.journal", "/b", "java.version", "17"),
                Map.of("MIDWRITE_NODE", "c", "MIDWRITE_JOURNAL", "/c", "MIDWRITE_KILL_SWITCH", "/k", "PATH", "x"));
        assertThat(options.node()).isEqualTo("a");
        assertThat(options.controllerHost()).isEqualTo("localhost");
        assertThat(options.controllerPort()).isEqualTo(7);
        assertThat(options.journal()).isEqualTo(new File("/b"));
        assertThat(options.killSwitch()).isEqualTo(new File("/k"));
    }

    @Test
    void theTokenIsTheUsersUnlessAFileIsNamed() throws OptionException {
        assertThat(options("").identity().token())
                .isEqualTo(new File(System.getProperty("user.home"), ".midwrite/agent.token"));
        assertThat(options("").identity().isEncrypted()).isFalse();
        AgentOptions named = AgentOptions.of(null, Map.of(), Map.of("MIDWRITE_TOKEN", "/run/token"));
        assertThat(named.identity().token()).isEqualTo(new File("/run/token"));
    }

    @Test
    void withCertificatesAControllerMayBeAnywhere() throws OptionException {
        AgentOptions options = options("controller=controller.example:7411,certificate=a.pem,key=a.key,ca=ca.pem");
        assertThat(options.controllerHost()).isEqualTo("controller.example");
        assertThat(options.identity().isEncrypted()).isTrue();
        assertThat(options.identity().ca()).isEqualTo(new File("ca.pem"));
    }

    @Test
    void loopbackIsKnownByItsSpelling() throws OptionException {
        for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]")) {
            assertThat(options("controller=" + host + ":7411").controllerPort()).isEqualTo(7411);
        }
    }

    @Test
    void listsAndSizes() throws OptionException {
        AgentOptions options = options("faults=delay+tear,disable=request+jvm.Runtime.exit,journal-mebibytes=2");
        assertThat(options.policy().faults()).containsExactly(FaultKind.DELAY, FaultKind.TEAR);
        assertThat(options.disabled()).containsExactly("request", "jvm.Runtime.exit");
        assertThat(options.journalBytes()).isEqualTo(2L << 20);
    }

    @Test
    void theProbeIsCarriedUnlessThisHostForbidsIt() throws OptionException {
        assertThat(options("").probe()).isTrue();
        assertThat(options("probe=off").probe()).isFalse();
    }

    @Test
    void whoeverForbidsFaultsIsNotOverruled() throws OptionException {
        assertThat(options("no-faults=false").policy().faults()).isNotEmpty();
        assertThat(options("no-faults=true,faults=delay").policy().faults()).isEmpty();
        assertThat(AgentOptions.of("no-faults=false", Map.of("midwrite.no-faults", "true"), Map.of())
                        .policy()
                        .faults())
                .isEmpty();
        assertThat(AgentOptions.of("", Map.of("midwrite.no-faults", "false"), Map.of("MIDWRITE_NO_FAULTS", "true"))
                        .policy()
                        .faults())
                .isEmpty();
    }

    @Test
    void aPolicyThatIsNotThereLetsTheHostStartAndPermitsNothing() throws OptionException {
        AgentOptions options = options("policy=/nowhere/policy.properties");
        assertThat(options.policy().faults()).isEmpty();
        assertThat(options.policy().problem()).startsWith("the policy /nowhere/policy.properties cannot be read: ");
    }

    @Test
    void theKillSwitchIsBesideTheJournal() throws OptionException {
        assertThat(options("journal=/var/lib/shop/").killSwitch()).isEqualTo(new File("/var/lib/shop.stop"));
        assertThat(options("node=a").killSwitch().getName()).isEqualTo("a.stop");
    }

    @Test
    void variablesOfOthersArePassedOver() throws OptionException {
        assertThat(AgentOptions.of("", Map.of(), Map.of("MIDWRITE_JDKS", "/x")).node())
                .isEqualTo("node");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nodes=a                | unknown argument 'nodes'
                    node                   | argument 'node' is not key=value
                    node=a b               | node 'a b' must begin with a letter or digit, and may have '.', '_', '-' besides
                    controller=localhost   | controller 'localhost' is not host:port
                    controller=localhost:0 | controller needs a number from 1 to 65535, not '0'
                    controller=10.0.0.7:7  | controller '10.0.0.7' is not localhost, 127.x.x.x or ::1, so the link must be encrypted: give certificate, key and ca, or use an ssh tunnel
                    certificate=a,key=b    | certificate, key and ca belong together, and one of them is missing
                    journal-mebibytes=big  | journal-mebibytes needs a number from 1 to 1048576, not 'big'
                    enabled=yes            | enabled must be true or false, not 'yes'
                    no-faults=yes          | no-faults must be true or false, not 'yes'
                    probe=never            | probe must be on or off, not 'never'
                    faults=delay+melt      | faults: there is no fault 'melt'
                    """)
    void nonsenseIsRefusedWithOneSentence(String arguments, String message) {
        assertThatThrownBy(() -> options(arguments))
                .isInstanceOf(OptionException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownPropertyIsRefused() {
        assertThatThrownBy(() -> AgentOptions.of("", Map.of("midwrite.noed", "a"), Map.of()))
                .hasMessage("unknown system property 'midwrite.noed'");
    }

    @Test
    void theTableInTheDocumentationIsComplete() throws IOException {
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("../../docs/configuration.md"))) {
            documented = lines.filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("`")[1])
                    .toList();
        }
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Option.values()).map(Option::key).toList());
    }

    private static AgentOptions options(String arguments) throws OptionException {
        return AgentOptions.of(arguments, Map.of(), Map.of());
    }
}
