package dev.midwrite.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.library.Libraries;
import dev.midwrite.agent.point.Catalogue;
import org.junit.jupiter.api.Test;

class FaultMatrixTest {
    private final String text = FaultMatrix.text();

    @Test
    void everyPointHasARow() {
        assertThat(new Catalogue(Libraries.all()).all())
                .allSatisfy(point -> assertThat(text)
                        .contains("| " + point.name() + " | " + point.kind().label() + " |"));
    }

    @Test
    void saysWhereAFaultIsPossible() {
        assertThat(text)
                .contains("| spring.SessionRepository.save | session.save | before, after-step, after |"
                        + " before, after-step, after | before | before, after-step, after | inside |"
                        + " before | - | before | - | before, after-step, after | inside | - | - | - | - |")
                .contains(
                        "| lettuce.CommandEncoder.encode | store.bytes | - | - | - | - | inside | - | - | - | - | - | inside | - | - | - |")
                .contains("| jvm.Heap | node | - | - | - | - | - | - | - | - | - | - | - | before | - | - |")
                .contains(
                        "| tomcat.Session.clock | session.clock | - | - | - | - | - | - | - | - | - | - | - | - | before | - |")
                .containsPattern("[|] lettuce.CommandEncoder.encode [|].*[|] - [|] before [|]\n")
                .containsPattern("[|] spring.SessionRepository.read [|].*[|] after-step [|] - [|]\n")
                .containsPattern("[|] lettuce.DefaultEndpoint.write [|].*[|] after [|] - [|]\n")
                .containsPattern("[|] tomcat.Manager.findSession [|].*[|] - [|]\n");
    }

    @Test
    void saysWhyNot() {
        assertThat(text)
                .contains("\ndrop at lettuce.DefaultEndpoint.writeAll is impossible:"
                        + " the commands of a batch leave together\n")
                .contains("\ntear at request is impossible: it sends no command of its own that could be cut\n")
                .contains("\ntear at tribes.GroupChannel.send is impossible: where its bytes leave is not known\n")
                .contains("\nduplicate at session.save is impossible:"
                        + " what a session object has saved once it does not save again\n")
                .contains("\npartition at session.save is impossible: there is no other node at its end;");
    }
}
