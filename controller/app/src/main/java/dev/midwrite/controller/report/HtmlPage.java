package dev.midwrite.controller.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** {@code report.html}: one file that needs no network; every text in it is escaped by the template engine. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(ReportInput input) {
        return fill("report.ftlh", new PageModel(input).values());
    }

    static String of(CampaignInput input) {
        return fill("campaign.ftlh", new CampaignPage(input).values());
    }

    private static String fill(String template, Map<String, Object> values) {
        Configuration freemarker = new Configuration(Configuration.VERSION_2_3_34);
        freemarker.setClassForTemplateLoading(HtmlPage.class, "");
        freemarker.setDefaultEncoding(StandardCharsets.UTF_8.name());
        freemarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        freemarker.setLocale(Locale.ROOT);
        freemarker.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        freemarker.setLogTemplateExceptions(false);
        StringWriter page = new StringWriter();
        try {
            freemarker.getTemplate(template).process(values, page);
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("the page's template and its model do not fit", e);
        }
        return page.toString();
    }
}
