package io.millrace.launcher.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The default company's files, written once for all tests of this virtual machine and read back from disk. */
final class DemoFiles {

    static final Path HOME;
    static final Extracts.Delivery DELIVERY;
    static final LocalDate DATE = DemoOptions.DEFAULT_DATE;

    static {
        try {
            HOME = Files.createTempDirectory("millrace-demo");
            Runtime.getRuntime().addShutdownHook(new Thread(DemoFiles::delete));
            DELIVERY = Extracts.deliver(DemoOptions.defaults(), HOME.resolve("drops"), HOME.resolve("truth"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final List<Map<String, String>> SALES = table("sales_line.csv.gz");

    /** Sales lines without the bad ones. */
    static final List<Map<String, String>> GOOD_SALES = SALES.stream()
            .filter(r -> r.get("order_no").matches("S[OR].*"))
            .distinct()
            .toList();

    private DemoFiles() {}

    private static void delete() {
        try (Stream<Path> files = Files.walk(HOME)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path file(String name) {
        return HOME.resolve("drops/demo/" + DATE).resolve(name);
    }

    static List<Map<String, String>> table(String name) {
        return CsvRows.of(file(name)).rows();
    }

    static List<Map<String, String>> truth(String name) {
        return CsvRows.of(HOME.resolve("truth").resolve(name)).rows();
    }
}
