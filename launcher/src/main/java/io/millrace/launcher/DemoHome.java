package io.millrace.launcher;

import io.millrace.contracts.Failure;
import io.millrace.launcher.demo.DemoOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home holds one company: of one scale, one date, one seed. */
final class DemoHome {

    private DemoHome() {}

    /** Marks the home as this company's. @throws Failure of kind USAGE if it is another's, or no home of a demo */
    static void claim(Path home, DemoOptions options) throws IOException {
        Path marker = home.resolve("demo.txt");
        String company = options.toString();
        if (Files.exists(marker)) {
            String before = Files.readString(marker).strip();
            if (!before.equals(company)) {
                throw Failure.usage(
                        "%s holds the company %s and this asks for %s: name another --home, or remove that one"
                                .formatted(home, before, company));
            }
            return;
        }
        if (Files.isDirectory(home)) {
            try (var files = Files.list(home)) {
                if (files.findAny().isPresent()) {
                    throw Failure.usage(home + " is not empty and no home of a demo: name another --home");
                }
            }
        }
        try {
            Files.createDirectories(home);
            Files.writeString(marker, company + "\n");
        } catch (FileSystemException e) {
            throw Failure.usage(
                    "--home " + home + " cannot be written to: " + e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
