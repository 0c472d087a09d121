package dev.midwrite.controller.run;

import dev.midwrite.check.Judgement;
import dev.midwrite.controller.report.CampaignInput;
import dev.midwrite.controller.report.ReportFiles;

/** The verdict over several trials, and where its report lies. */
public record CampaignResult(Judgement judgement, CampaignInput input, ReportFiles files) {}
