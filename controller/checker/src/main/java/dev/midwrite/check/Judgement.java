package dev.midwrite.check;

import java.util.List;

/**
 * The whole answer of a drill.
 *
 * @param sentence one sentence for the banner
 * @param reasons why the verdict is not simply pass or fail, each one sentence
 */
public record Judgement(
        Verdict verdict,
        Profile profile,
        String sentence,
        List<String> reasons,
        List<PropertyResult> properties,
        List<GateResult> gates,
        List<AnomalyCard> cards) {}
