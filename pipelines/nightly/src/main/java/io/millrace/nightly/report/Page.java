package io.millrace.nightly.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.millrace.contracts.Failure;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** The page as one HTML file. The template escapes whatever it is given. */
final class Page {

    private static final Configuration TEMPLATES = templates();

    private Page() {}

    private static Configuration templates() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassLoaderForTemplateLoading(Page.class.getClassLoader(), "millrace/report");
        templates.setDefaultEncoding("UTF-8");
        templates.setOutputFormat(HTMLOutputFormat.INSTANCE);
        templates.setLocale(Locale.ROOT);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        return templates;
    }

    static String html(PageView page) {
        try {
            StringWriter html = new StringWriter();
            TEMPLATES.getTemplate("page.ftlh").process(Map.of("page", page), html);
            return html.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("The template of the page: " + Failure.sentence(e), e);
        }
    }
}
