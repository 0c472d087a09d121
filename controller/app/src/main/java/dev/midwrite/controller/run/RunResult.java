package dev.midwrite.controller.run;

import dev.midwrite.check.Judgement;
import dev.midwrite.check.campaign.Figures;
import dev.midwrite.controller.report.ReportFiles;
import dev.midwrite.controller.report.ReportInput;

/**
 * A verdict, and where its report lies.
 *
 * @param figures for a judgement over several trials
 */
public record RunResult(Judgement judgement, ReportInput input, ReportFiles files, Figures figures) {}
