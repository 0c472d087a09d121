package dev.midwrite.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * The whole answer of a drill.
 *
 * @param besides what else is the matter: verdicts that the run would have had without a worse one, worst first. A
 *     proved loss is a fail although an injection hit nothing, and then vacuous stands here
 * @param sentence one sentence for the banner
 * @param reasons why the verdict is not simply pass or fail, each one sentence
 */
public record Judgement(
        Verdict verdict,
        List<Verdict> besides,
        Profile profile,
        String sentence,
        List<String> reasons,
        List<PropertyResult> properties,
        List<GateResult> gates,
        List<AnomalyCard> cards) {

    public Judgement {
        besides = List.copyOf(besides);
    }

    /** Nothing else is the matter. */
    public Judgement(
            Verdict verdict,
            Profile profile,
            String sentence,
            List<String> reasons,
            List<PropertyResult> properties,
            List<GateResult> gates,
            List<AnomalyCard> cards) {
        this(verdict, List.of(), profile, sentence, reasons, properties, gates, cards);
    }

    /** The same with one more reason. */
    public Judgement because(String reason) {
        return new Judgement(
                verdict,
                besides,
                profile,
                sentence,
                Stream.concat(reasons.stream(), Stream.of(reason)).toList(),
                properties,
                gates,
                cards);
    }

    /** Whether this is the verdict, or would be without a worse one. */
    public boolean is(Verdict wanted) {
        return verdict == wanted || besides.contains(wanted);
    }
}
