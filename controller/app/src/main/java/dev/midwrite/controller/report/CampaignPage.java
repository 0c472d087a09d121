package dev.midwrite.controller.report;

import dev.midwrite.check.AnomalyCard;
import dev.midwrite.check.Judgement;
import dev.midwrite.check.campaign.Figures;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page over several trials shows, as texts. */
final class CampaignPage {
    /** Nobody reads more here; all stand on the trials' own pages. */
    private static final int MOST_FINDINGS = 50;

    private static final DateTimeFormatter STARTED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CampaignInput input;

    CampaignPage(CampaignInput input) {
        this.input = input;
    }

    Map<String, Object> values() {
        Judgement judgement = input.judgement();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("verdict", Wording.lower(judgement.verdict()));
        page.put("tone", PageModel.tone(judgement.verdict()));
        page.put("sentence", judgement.sentence());
        page.put("reasons", judgement.reasons());
        page.put("exitCode", Integer.toString(judgement.verdict().exitCode()));
        page.put("profile", Wording.lower(judgement.profile()));
        page.put("evidence", input.evidence().name());
        page.put("evidenceMeaning", input.evidence().meaning());
        page.put("drill", String.join(", ", input.drills()));
        page.put("several", input.drills().size() > 1);
        page.put("files", String.join(" ", input.files()));
        page.put("seed", Long.toString(input.seed()));
        page.put("command", input.command());
        page.put("startedAt", STARTED.format(input.startedAt()));
        page.put("duration", Wording.duration(input.duration().toNanos()));
        page.put("count", CampaignSummary.trials(input));
        page.put("versions", input.versions());
        page.put("trials", input.trials().stream().map(CampaignPage::trial).toList());
        page.put(
                "charts",
                new TrialCharts(input).charts().stream().map(Chart::values).toList());
        page.put("gates", PageModel.gates(judgement));
        PageModel.properties(judgement, page);
        List<AnomalyCard> cards = judgement.cards();
        page.put("cardCount", Wording.count(cards.size()));
        page.put(
                "cards",
                cards.stream().limit(MOST_FINDINGS).map(CampaignPage::finding).toList());
        page.put("cardsLeftOut", Math.max(0, cards.size() - MOST_FINDINGS));
        return page;
    }

    private static Map<String, Object> trial(CampaignInput.Trial trial) {
        Figures figures = trial.result().figures();
        Judgement judgement = trial.result().judgement();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", trial.result().name());
        row.put("link", trial.place().isEmpty() ? "" : trial.place() + "/report.html");
        row.put("drill", trial.result().drill());
        row.put("kind", trial.result().kind());
        row.put("seed", Long.toString(trial.result().seed()));
        row.put("verdict", Wording.lower(judgement.verdict()));
        row.put("tone", PageModel.tone(judgement.verdict()));
        row.put("sentence", judgement.sentence());
        row.put("score", share(figures.fresh(), figures));
        row.put("survival", share(figures.alive(), figures));
        row.put(
                "failover",
                figures.failover().isEmpty()
                        ? ""
                        : Wording.figure(figures.failover().getAsDouble(), 3) + " ms");
        return row;
    }

    private static String share(long good, Figures figures) {
        return figures.atRisk() == 0 ? "" : good + " / " + figures.atRisk();
    }

    /** A card's id is that of the trial, a slash, and the card's id there. */
    private static Map<String, Object> finding(AnomalyCard card) {
        String[] place = card.id().split("/", 2);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", card.id());
        row.put("link", place[0] + "/report.html#" + place[1]);
        row.put("title", card.violation().anomaly().title());
        row.put("severity", Wording.lower(card.violation().severity()));
        row.put("tone", PageModel.tone(card.violation().severity()));
        row.put("what", card.violation().what());
        row.put("similar", card.similar());
        return row;
    }
}
