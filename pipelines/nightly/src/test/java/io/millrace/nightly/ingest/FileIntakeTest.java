package io.millrace.nightly.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.nightly.NightFixture;
import io.millrace.nightly.plan.Extract;
import io.millrace.nightly.plan.Night;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file must be for its rows to be taken in. Nothing here needs Spark: it is decided before a row lands. */
class FileIntakeTest {

    private static final String DAY = "2026-03-01";
    private static final String SUPPLIERS = "supplier_code,name\nS1,Miller\nS2,Baker\n";

    @TempDir
    private Path home;

    private NightFixture shop;

    @BeforeEach
    void emptyDrop() {
        shop = new NightFixture(home);
    }

    private FileIntake intake(String date) {
        return Taken.intake(shop, shop.night(date));
    }

    private List<String> refusals() {
        FileIntake intake = intake(DAY);
        intake.accept();
        return intake.refusals();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aFileWithItsManifestIsAccepted() {
        shop.deliver(DAY, "supplier.csv", SUPPLIERS);

        List<Intake.Accepted> accepted = intake(DAY).accept();

        assertThat(accepted).hasSize(1);
        assertThat(accepted.get(0).extract().rowsDelivered()).isEqualTo(2);
        assertThat(accepted.get(0).extract().initial()).isTrue();
    }

    @Test
    void aCompressedFileIsAcceptedByItsHashAsStored() throws IOException {
        shop.deliver(DAY, "supplier.csv.gz", gzip(SUPPLIERS), 2, "full");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.extract().rowsDelivered()).isEqualTo(2));
    }

    @Test
    void quotedFieldsMayHoldLineBreaksAndDelimiters() {
        String text = "supplier_code,name\nS1,\"Miller, Sons\nand Daughters\"\nS2,\"the \"\"real\"\" one\"\n";
        shop.deliver(DAY, "supplier.csv", text.getBytes(StandardCharsets.UTF_8), 2, "full");
        assertThat(refusals()).isEmpty();
    }

    @Test
    void aFileWithoutAManifestIsRefused() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.delete(file.resolveSibling("_manifest.json"));
        assertThat(refusals()).singleElement().asString().contains("_manifest.json is missing");
    }

    @Test
    void whereTheManifestIsOptionalAFileCountsWithoutOne() throws IOException {
        shop = new NightFixture(home, "sources.shop.manifest=optional");
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.delete(file.resolveSibling("_manifest.json"));
        assertThat(intake(DAY).accept()).hasSize(1);
    }

    @Test
    void aFileThatTheManifestDoesNotNameIsRefused() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.writeString(file.resolveSibling("site.csv"), "site_code\nA\n");
        assertThat(refusals()).singleElement().asString().contains("site.csv").contains("does not name it");
    }

    @Test
    void aFileThatTheManifestNamesAndThatIsNotThereIsRefused() throws IOException {
        shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.delete(shop.deliver(DAY, "site.csv", "site_code\nA\n"));
        assertThat(refusals()).singleElement().asString().contains("site.csv").contains("it is not there");
    }

    @Test
    void aDeliveryStaysIncompleteUntilEveryFileOfItsManifestIsThere() throws IOException {
        shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Path late = shop.deliver(DAY, "site.csv", "site_code\nA\n");
        Path elsewhere = Files.move(late, late.resolveSibling("site.csv.part"));
        FileIntake first = intake(DAY);
        first.accept()
                .forEach(a -> shop.night(DAY)
                        .ledger()
                        .record(a.extract().landed(a.extract().rowsDelivered())));
        assertThat(first.refusals()).hasSize(1);
        assertThat(refusals()).as("and when asked again").hasSize(1);

        Files.move(elsewhere, late);
        FileIntake complete = intake(DAY);
        assertThat(complete.accept()).hasSize(1);
        assertThat(complete.refusals()).isEmpty();
    }

    @Test
    void aManifestWithoutAnyOfItsFilesIsRefused() throws IOException {
        Files.delete(shop.deliver(DAY, "site.csv", "site_code\nA\n"));
        assertThat(refusals()).singleElement().asString().contains("site.csv").contains("it is not there");
    }

    @Test
    void aColumnNameTwiceIsCarriedUnderANameOfItsOwn() {
        shop.deliver(DAY, "supplier.csv", "supplier_code,name,name\nS1,Miller,Mueller\n");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.unknown()).containsExactly("name_2"));
    }

    @Test
    void aParquetFileThatCannotBeOpenedIsRefused() {
        shop.deliver(DAY, "supplier.parquet", SUPPLIERS.getBytes(StandardCharsets.UTF_8), 2, "full");
        assertThat(refusals()).singleElement().asString().contains("cannot be read");
    }

    @Test
    void aFileOfAnUnknownEndingIsLeftAloneAndNamed() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.writeString(file.resolveSibling("notes.txt"), "hello\n");
        Files.createDirectories(home.resolve("drop/shop/2026-3-1"));
        FileIntake intake = intake(DAY);
        assertThat(intake.accept()).hasSize(1);
        assertThat(intake.leftAlone()).containsExactlyInAnyOrder("shop/" + DAY + "/notes.txt", "shop/2026-3-1");
    }

    @Test
    void aFileOfAnUnknownEndingThatTheManifestNamesIsThereAndCannotBeRead() {
        shop.deliver(DAY, "supplier.xlsx", SUPPLIERS);
        assertThat(refusals())
                .singleElement()
                .asString()
                .contains("names it and its name has none of the endings that are read: csv, csv.gz, json");
    }

    @Test
    void aFolderOfPartsIsReadPartByPart() throws IOException {
        shop = new NightFixture(home, "sources.shop.manifest=optional");
        Path folder = Files.createDirectories(home.resolve("drop/shop/" + DAY + "/supplier.csv"));
        Files.writeString(folder.resolve("part-00000-1b.csv"), SUPPLIERS);
        Files.writeString(folder.resolve("part-00001-1b.csv"), "supplier_code,name\nS3,Cem\n");
        Files.writeString(folder.resolve("_SUCCESS"), "");
        Files.writeString(folder.resolve(".part-00000-1b.csv.crc"), "crc");
        FileIntake intake = intake(DAY);
        assertThat(intake.accept()).extracting(a -> a.extract().rowsDelivered()).containsExactly(2L, 1L);
        assertThat(intake.leftAlone()).isEmpty();

        Path manifest = folder.resolveSibling("_manifest.json");
        Files.writeString(manifest, "{\"files\":[{\"name\":\"supplier.csv\",\"mode\":\"full\"}]}");
        assertThat(intake(DAY).accept()).extracting(a -> a.extract().mode()).containsExactly("full", "full");
        Files.writeString(manifest, "{\"files\":[{\"name\":\"supplier.csv\",\"rows\":3}]}");
        assertThat(refusals()).hasSize(2).allMatch(r -> r.contains("name each part"));
        Files.writeString(manifest, "{\"files\":[{\"name\":\"supplier.csv/part-00000-1b.csv\",\"rows\":2}]}");
        assertThat(refusals()).singleElement().asString().contains("part-00001").contains("does not name it");
    }

    @Test
    void aManifestOfAnotherDateIsRefused() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Path manifest = file.resolveSibling("_manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace(DAY, "2026-02-01"));
        assertThat(refusals()).singleElement().asString().contains("date 2026-02-01");
    }

    @Test
    void aManifestThatIsNoJsonIsRefused() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.writeString(file.resolveSibling("_manifest.json"), "{\"source\": ");
        assertThat(refusals()).singleElement().asString().contains("_manifest.json cannot be read");
    }

    @Test
    void aFileOfAnotherHashThanAnnouncedIsRefused() throws IOException {
        Path file = shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        Files.writeString(file, SUPPLIERS.replace("Baker", "Becker"));
        assertThat(refusals()).singleElement().asString().contains("SHA-256").contains("the manifest says");
    }

    @Test
    void aFileOfOtherRowsThanAnnouncedIsRefused() {
        shop.deliver(DAY, "supplier.csv", SUPPLIERS.getBytes(StandardCharsets.UTF_8), 3, "full");
        assertThat(refusals()).singleElement().asString().contains("holds 2 rows and the manifest says 3");
    }

    @Test
    void aGzipThatIsCutOffIsRefused() throws IOException {
        byte[] whole = gzip(SUPPLIERS.repeat(50));
        shop.deliver(DAY, "supplier.csv.gz", Arrays.copyOf(whole, whole.length - 12), 2, "full");
        assertThat(refusals()).singleElement().asString().contains("is cut off");
    }

    /** Endless for all that the reader knows: nobody has to hold it to refuse it. */
    private static byte[] gzip(String before, byte[] again, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(before.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times; i++) {
                gzip.write(again);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aLineWithoutEndIsRefused() throws IOException {
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        shop.deliver(DAY, "supplier.jsonl.gz", gzip("{\"supplier_code\": \"", megabyte, 50), 1, "full");
        assertThat(refusals())
                .singleElement()
                .asString()
                .contains("has a line of more than 4,194,304 characters after 0 rows");
        shop.deliver(DAY, "supplier.csv.gz", gzip(SUPPLIERS, megabyte, 50), 1, "full");
        assertThat(refusals())
                .anyMatch(r -> r.contains("supplier.csv.gz: has a line of more than 4,194,304 characters"));
    }

    @Test
    void aGzipThatGrowsWithoutEndIsRefused() throws IOException {
        byte[] blanks = "\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        shop.deliver(DAY, "supplier.csv.gz", gzip(SUPPLIERS, blanks, 80), 2, "full");
        assertThat(refusals()).singleElement().asString().contains("unpacks to more than 200 times its size of ");
    }

    @Test
    void aFileThatOnlyCallsItselfGzipIsRefused() {
        shop.deliver(DAY, "supplier.csv.gz", SUPPLIERS.getBytes(StandardCharsets.UTF_8), 2, "full");
        assertThat(refusals()).singleElement().asString().contains("is not gzip");
    }

    @Test
    void bytesThatAreNotOfTheEncodingAreRefused() {
        shop.deliver(
                DAY,
                "supplier.csv",
                "supplier_code,name\nS1,Müller\n".getBytes(StandardCharsets.ISO_8859_1),
                1,
                "full");
        assertThat(refusals()).singleElement().asString().contains("is not UTF-8");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefusedWithoutItsText() {
        String text = "supplier_code,name\nS1,\"never closed\n" + ("x".repeat(99) + "\n").repeat(50_000);
        shop.deliver(DAY, "supplier.csv", text.getBytes(StandardCharsets.UTF_8), 1, "full");
        assertThat(refusals()).singleElement().satisfies(r -> {
            assertThat(r).contains("a field without end");
            assertThat(r.length()).isLessThan(500);
        });
    }

    @Test
    void aJsonFileThatIsOneArrayIsRefused() {
        byte[] array = "[\n  {\"supplier_code\": \"S1\"},\n  {\"supplier_code\": \"S2\"}\n]\n"
                .getBytes(StandardCharsets.UTF_8);
        shop.deliver(DAY, "supplier.json", array, 2, "full");
        assertThat(refusals())
                .singleElement()
                .asString()
                .contains("is one JSON array")
                .contains("one object a line");
    }

    @Test
    void jsonLinesMayCarryAByteOrderMark() {
        String lines = "\ufeff{\"supplier_code\": \"S1\"}\n{\"supplier_code\": \"S2\", \"name\": \"Baker\"}\n";
        shop.deliver(DAY, "supplier.jsonl", lines.getBytes(StandardCharsets.UTF_8), 2, "full");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.unknown()).isEmpty());
    }

    @Test
    void anEmptyFileIsRefused() {
        shop.deliver(DAY, "supplier.csv", new byte[0], 0, "full");
        assertThat(refusals()).singleElement().asString().contains("not even a header");
    }

    @Test
    void aHeaderAloneIsAnExtractOfNoRows() {
        shop.deliver(DAY, "supplier.csv", "supplier_code,name\n");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.extract().rowsDelivered()).isZero());
    }

    @Test
    void aMissingRequiredColumnIsRefusedByName() {
        shop.deliver(DAY, "supplier.csv", "name,city\nMiller,Bern\n");
        assertThat(refusals()).singleElement().asString().contains("the required column supplier_code is missing");
    }

    @Test
    void anUnknownColumnIsAcceptedAndRecordedAsDrift() {
        shop.deliver(DAY, "supplier.csv", "supplier_code,Risk Class\nS1,A\n");
        List<Intake.Accepted> accepted = intake(DAY).accept();
        assertThat(accepted.get(0).unknown()).containsExactly("Risk_Class");
        assertThat(accepted.get(0).extract().drift()).isEqualTo("Risk_Class");
    }

    @Test
    void aHeaderMayDifferInCaseAndCarryAByteOrderMark() {
        shop.deliver(DAY, "supplier.csv", "\ufeffSUPPLIER_CODE,Name\nS1,Miller\n");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.unknown()).isEmpty());
    }

    @Test
    void aFileOfAnUnknownTableIsRefusedWithTheNearestKnown() {
        shop.deliver(DAY, "suplier.csv", SUPPLIERS);
        assertThat(refusals()).singleElement().asString().contains("did you mean 'supplier'?");
    }

    @Test
    void theSameContentAgainIsADuplicateAndLandsOnce() {
        shop.deliver(DAY, "supplier.csv", SUPPLIERS);
        FileIntake first = intake(DAY);
        Extract extract = first.accept().get(0).extract();
        Night night = shop.night(DAY);
        night.ledger().record(extract.landed(2));
        shop.deliver(DAY, "supplier.again.csv", SUPPLIERS);

        assertThat(intake(DAY).accept()).isEmpty();
        assertThat(shop.night(DAY).ledger().extracts()).anySatisfy(e -> {
            assertThat(e.state()).isEqualTo(Extract.State.DUPLICATE);
            assertThat(e.reason()).contains("supplier.csv");
        });
    }

    @Test
    void contentThatIsSentAgainAfterSomethingElseIsTheLastWord() {
        byte[] a = SUPPLIERS.getBytes(StandardCharsets.UTF_8);
        byte[] b = SUPPLIERS.replace("Baker", "Becker").getBytes(StandardCharsets.UTF_8);
        shop.deliver(DAY, "supplier.csv", a, 2, "delta");
        assertThat(Taken.land(shop, DAY)).hasSize(1);
        shop.deliver(DAY, "supplier.csv", b, 2, "delta");
        assertThat(Taken.land(shop, DAY)).hasSize(1);
        shop.deliver(DAY, "supplier.csv", a, 2, "delta");
        assertThat(Taken.land(shop, DAY)).hasSize(1);
        shop.deliver(DAY, "supplier.csv", b, 2, "delta");
        assertThat(Taken.land(shop, DAY)).hasSize(1);
        assertThat(Taken.land(shop, DAY)).isEmpty();

        // On another date it may take a change back.
        shop.deliver("2026-03-02", "supplier.csv", a, 2, "delta");
        assertThat(Taken.land(shop, "2026-03-02")).hasSize(1);
    }

    @Test
    void jsonLinesOfNoLinesAreAnExtractOfNoRows() {
        shop.deliver(DAY, "supplier.jsonl", new byte[0], 0, "delta");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.extract().rowsDelivered()).isZero());
    }

    @Test
    void jsonLinesOfBadLinesAloneAreRowsForTheQuarantine() {
        shop.deliver(DAY, "supplier.jsonl", "nonsense\n[1, 2\n".getBytes(StandardCharsets.UTF_8), 2, "delta");
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.extract().rowsDelivered()).isEqualTo(2));
    }

    @Test
    void aDateBehindTheNightWaitsForItsOwnNight() {
        shop.deliver("2026-03-02", "supplier.csv", SUPPLIERS);
        assertThat(intake(DAY).accept()).isEmpty();
        assertThat(intake("2026-03-02").accept()).hasSize(1);
    }

    @Test
    void aLateFileForAnEarlierDateIsTakenInByTheNextNight() {
        shop.deliver("2026-02-20", "supplier.csv", SUPPLIERS);
        assertThat(intake(DAY).accept())
                .singleElement()
                .satisfies(a -> assertThat(a.extract().businessDate()).isEqualTo("2026-02-20"));
    }
}
