package io.millrace.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The extracts of the simulated company: a drop of eleven files, and the ground truth beside it. What lives in the
 * ERP's own database (stock, moves, reorder rules) is loaded by {@link ErpDatabase}.
 */
public final class Extracts {

    /** Source name of the drop. */
    public static final String SOURCE = "demo";

    /**
     * Bad rows among the good ones, in the files and counted in the manifest.
     *
     * @param brokenSales sales lines that cannot be typed or break a rule
     * @param duplicateSales exact duplicates of good sales lines
     * @param salesOfUnknownProduct sales lines that pass but refer to no product
     * @param impossibleRatings feedback rows whose rating is 9
     */
    public record Planted(int brokenSales, int duplicateSales, int salesOfUnknownProduct, int impossibleRatings) {}

    /** What was delivered: the company, the files as the manifest lists them, and the bad rows in them. */
    public record Delivery(Company company, List<DropWriter.File> files, Planted planted) {

        /** Rows over all files. */
        public long rows() {
            return files.stream().mapToLong(DropWriter.File::rows).sum();
        }
    }

    private Extracts() {}

    /** Whether this company's drop and truth are complete, so that there is nothing to write. */
    public static boolean areDelivered(DemoOptions options, Path drops, Path truth) throws IOException {
        Path folder = DropWriter.folder(drops, SOURCE, options.date());
        return Files.exists(folder.resolve(DropWriter.MANIFEST)) && GroundTruth.isComplete(options, truth);
    }

    /**
     * Simulates the company and writes its drop below {@code drops} and its ground truth into {@code truth}. What is
     * there for the same date is replaced; an interrupted delivery has no manifest and is simply written again.
     */
    public static Delivery deliver(DemoOptions options, Path drops, Path truth) throws IOException {
        try (GroundTruth hidden = new GroundTruth(options, truth);
                DropWriter drop = new DropWriter(drops, SOURCE, options.date())) {
            SalesFile sales = new SalesFile(options, drop.begin(SalesFile.NAME, SalesFile.COLUMNS));
            FeedbackFile feedback = new FeedbackFile(options, drop.begin(FeedbackFile.NAME, FeedbackFile.COLUMNS));
            Company company = Company.simulate(options, journal(sales, feedback, hidden));
            drop.finish(SalesFile.NAME);
            drop.finish(FeedbackFile.NAME);
            Sensors sensors = new Sensors(options, company.market().sites().size());
            new MasterFiles(company, drop).write(sensors);
            hidden.finish(company, sensors);
            return new Delivery(company, drop.deliver(), planted(sales, feedback));
        }
    }

    private static Journal journal(SalesFile sales, FeedbackFile feedback, GroundTruth hidden) {
        return new Journal() {
            @Override
            public void sale(SalesLine line, Market market) {
                sales.write(line, market);
            }

            @Override
            public void feedback(Feedback written, Market market) {
                feedback.write(written, market);
                hidden.write(written);
            }
        };
    }

    private static Planted planted(SalesFile sales, FeedbackFile feedback) {
        int expected = SalesFile.BROKEN + SalesFile.DUPLICATES + SalesFile.UNKNOWN_PRODUCT;
        if (sales.planted() != expected || feedback.planted() != FeedbackFile.IMPOSSIBLE_RATING) {
            throw new IllegalStateException(
                    "only " + sales.planted() + " of " + expected + " bad sales lines and " + feedback.planted()
                            + " of " + FeedbackFile.IMPOSSIBLE_RATING + " bad feedback rows found a place");
        }
        return new Planted(
                SalesFile.BROKEN, SalesFile.DUPLICATES, SalesFile.UNKNOWN_PRODUCT, FeedbackFile.IMPOSSIBLE_RATING);
    }
}
