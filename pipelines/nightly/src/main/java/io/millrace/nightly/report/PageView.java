package io.millrace.nightly.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import io.millrace.contracts.Failure;
import io.millrace.nightly.chart.Chart;
import io.millrace.nightly.chart.Svg;
import io.millrace.nightly.report.Block.Column;
import io.millrace.nightly.report.Block.Command;
import io.millrace.nightly.report.Block.Figure;
import io.millrace.nightly.report.Block.Figures;
import io.millrace.nightly.report.Block.Notice;
import io.millrace.nightly.report.Block.Picture;
import io.millrace.nightly.report.Block.Table;
import io.millrace.nightly.report.Block.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A page as its template takes it: everything formatted, nothing escaped yet but the drawings.
 *
 * @param date     in full, by the locale
 * @param day      as in {@code 2026-02-28}
 * @param version  of Millrace
 */
public record PageView(String date, String day, String version, List<SectionView> sections) {

    /** A section with its blocks, in their order. */
    public record SectionView(String name, String title, List<BlockView> blocks) {}

    /**
     * A block; what it is not is null or empty.
     *
     * @param kind  {@code text}, {@code command}, {@code notice}, {@code figures}, {@code table} or {@code picture}
     * @param extra the level of a notice, the words of a command
     */
    public record BlockView(
            String kind, String extra, String text, List<Figure> figures, TableView table, PictureView picture) {}

    /** A table. {@code part} says how many lines there are where it does not show all. */
    public record TableView(
            String caption,
            List<HeadView> heads,
            List<List<CellView>> rows,
            boolean isFolded,
            String part,
            String query) {

        /** Whether its lines are cards where there is no room for them: those with sentences are. */
        public boolean hasCards() {
            return heads.stream().anyMatch(HeadView::isSentence);
        }
    }

    /** A column's heading. */
    public record HeadView(String name, boolean isNumber, boolean isSentence) {}

    /** A value. {@code style} is a class of the style sheet, or empty. */
    public record CellView(String text, String style) {}

    /** A chart. {@code problem} says why there is no drawing. */
    public record PictureView(
            String title,
            String says,
            String unit,
            List<Chart.Key> legend,
            TemplateHTMLOutputModel svg,
            String problem,
            TableView figures) {}

    /** Turns blocks into views. */
    static final class Maker {

        private final Formats formats;
        private final List<String> undrawn = new ArrayList<>();
        private int drawings;

        Maker(Formats formats) {
            this.formats = formats;
        }

        /** Why charts have no drawing, one sentence for each. */
        List<String> undrawn() {
            return undrawn;
        }

        SectionView section(Section section, List<Block> blocks) {
            return new SectionView(
                    section.name(),
                    section.title(),
                    blocks.stream().map(this::block).toList());
        }

        private BlockView block(Block block) {
            if (block instanceof Text text) {
                return new BlockView("text", "", text.text(), List.of(), null, null);
            }
            if (block instanceof Command command) {
                return new BlockView("command", command.command(), command.about(), List.of(), null, null);
            }
            if (block instanceof Notice notice) {
                String level = notice.level().name().toLowerCase(Locale.ROOT);
                return new BlockView("notice", level, notice.text(), List.of(), null, null);
            }
            if (block instanceof Figures figures) {
                return new BlockView("figures", "", "", figures.figures(), null, null);
            }
            if (block instanceof Table table) {
                return new BlockView("table", "", "", List.of(), table(table), null);
            }
            return new BlockView("picture", "", "", List.of(), null, picture((Picture) block));
        }

        private TableView table(Table table) {
            List<HeadView> heads = table.columns().stream()
                    .map(c -> new HeadView(c.name(), c.kind().isNumber(), c.kind() == Block.Kind.SENTENCE))
                    .toList();
            List<List<CellView>> rows = table.rows().stream()
                    .map(row -> cells(table.columns(), row))
                    .toList();
            String part = table.isPart()
                    ? "%s of %s lines".formatted(formats.count(table.rows().size()), formats.count(table.all()))
                    : "";
            return new TableView(table.caption(), heads, rows, table.isFolded(), part, table.query());
        }

        private List<CellView> cells(List<Column> columns, List<Object> row) {
            return IntStream.range(0, columns.size())
                    .mapToObj(i -> cell(columns.get(i).kind(), row.get(i)))
                    .toList();
        }

        private CellView cell(Block.Kind kind, Object value) {
            String style = kind.isNumber()
                    ? "number"
                    : switch (kind) {
                        case STATE -> "state";
                        case DATE, TIME -> "day";
                        case SENTENCE -> "sentence";
                        default -> "";
                    };
            return new CellView(formats.cell(kind, value), style);
        }

        /** Machines without any font cannot draw; the figures stand beside it. */
        private PictureView picture(Picture picture) {
            Chart chart = picture.chart();
            String problem = "";
            TemplateHTMLOutputModel svg = null;
            try {
                drawings++;
                String drawn = Svg.inline(chart, "chart-" + drawings, formats.locale());
                svg = HTMLOutputFormat.INSTANCE.fromMarkup(drawn);
            } catch (RuntimeException | LinkageError | InternalError e) {
                problem = Failure.sentence(e);
                undrawn.add(problem);
            } catch (TemplateModelException e) {
                throw new IllegalStateException(e);
            }
            return new PictureView(
                    picture.title(),
                    picture.says(),
                    chart.unit(),
                    new ArrayList<>(chart.legend()),
                    svg,
                    problem,
                    table(picture.figures()));
        }
    }
}
