package io.millrace.nightly.report;

import io.millrace.contracts.Failure;
import io.millrace.lake.Storage;
import io.millrace.nightly.plan.CodeVersion;
import io.millrace.nightly.plan.Night;
import io.millrace.nightly.plan.Stage;
import io.millrace.nightly.report.Block.Level;
import io.millrace.nightly.report.Block.Notice;
import io.millrace.nightly.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes the morning page of a night. It comes behind everything that decides and publishes, and runs whatever became of it: a page is
 * most useful after a bad night. It writes no table, so nothing waits for it, and a section that fails costs itself.
 */
public final class ReportStage implements Stage {

    private final List<Section> sections;

    /** @param sections of the page, from top to bottom */
    public ReportStage(List<Section> sections) {
        this.sections = List.copyOf(sections);
        List<String> names = sections.stream().map(Section::name).distinct().toList();
        if (names.size() < sections.size()) {
            throw new IllegalArgumentException("Two sections of the page have one name: "
                    + sections.stream().map(Section::name).toList());
        }
    }

    /** Where the page of a night is, in full. */
    static Path page(Settings settings, LocalDate date) {
        Path path = new Path(settings.report().folder(), date + "/index.html");
        return Storage.at(path, settings.lake().hadoop()).makeQualified(path);
    }

    /** The same as a person would open it: without a scheme where it is a file of this machine. */
    public static String place(Settings settings, LocalDate date) {
        return page(settings, date).toString().replaceFirst("^file:/*", "/");
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String about() {
        return "write the morning page";
    }

    /** What the sections read, and what is published: the page comes behind it. */
    @Override
    public List<String> reads() {
        return Stream.concat(sections.stream().flatMap(s -> s.reads().stream()), Stream.of("staging.*"))
                .distinct()
                .toList();
    }

    @Override
    public List<String> writes() {
        return List.of();
    }

    @Override
    public String heeds(Night night) {
        return night.settings().report() + " " + night.settings().currency() + " "
                + sections.stream()
                        .map(s -> s.name() + "=" + s.heeds(night.settings()))
                        .toList()
                + NightState.of(night.ledger(), night.date()).troubles();
    }

    @Override
    public Outcome run(Night night) {
        List<String> problems = new ArrayList<>();
        PageView page = view(night, problems);
        Path path = page(night.settings(), night.date());
        write(path, Page.html(page), night);
        String note = "the page is " + place(night.settings(), night.date())
                + (problems.isEmpty() ? "" : "; not written: " + String.join("; ", problems));
        return Outcome.of(0, 0, note);
    }

    private PageView view(Night night, List<String> problems) {
        try (ReportNight report = new ReportNight(night, this)) {
            PageView.Maker maker = new PageView.Maker(report.formats());
            List<PageView.SectionView> views = sections.stream()
                    .map(section -> maker.section(section, blocks(section, report, problems)))
                    .toList();
            if (!maker.undrawn().isEmpty()) {
                problems.add("%d charts (%s)"
                        .formatted(maker.undrawn().size(), maker.undrawn().get(0)));
            }
            return new PageView(
                    report.formats().longDate(night.date()), night.date().toString(), CodeVersion.get(), views);
        }
    }

    /** Spark throws what it does not declare, and a newcomer's section may throw anything. */
    private static List<Block> blocks(Section section, ReportNight night, List<String> problems) {
        try {
            return section.blocks(night);
        } catch (Exception e) {
            String why = Failure.sentence(e).lines().findFirst().orElse("");
            problems.add("%s (%s)".formatted(section.name(), why));
            return List.of(new Notice(Level.BAD, "This section could not be written: " + why));
        }
    }

    private static void write(Path path, String html, Night night) {
        FileSystem files = Storage.at(path, night.settings().lake().hadoop());
        try {
            Storage.writeWhole(files, path, html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Storage.failure(path, e);
        }
    }
}
