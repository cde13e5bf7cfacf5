package io.millrace.launcher;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Identifiers;
import io.millrace.nightly.draft.SourceDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A first description of a source system, from files that it delivers. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = {
            "Drafts the description of a source system from files that it delivers.",
            "Writes a first source.yaml and SELECTs to <conf>/sources/NAME: delimiter, encoding, types, formats, keys, and which",
            "table of silver a file resembles. What was guessed is marked, and what is left open is refused by doctor until it is",
            "answered. Needs no lake."
        })
final class InitSourceCommand implements Callable<Integer> {

    @ParentCommand
    private InitCommand init;

    @Parameters(paramLabel = "NAME", description = "Name of the system, which is that of its folder")
    private String name;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FOLDER",
            description =
                    "Folder with files, <table>.csv or others that a night reads, or with folders of them as a drop has")
    private Path from;

    @Override
    public Integer call() throws IOException {
        Path folder = init.confFolder().resolve("sources").resolve(Identifiers.folder("Source system", name));
        if (Files.exists(folder)) {
            throw Failure.usage(folder + " is there already. Take another name, or move it away");
        }
        if (!Files.isDirectory(from)) {
            throw Failure.usage(from + " is no folder");
        }
        SourceDraft draft = SourceDraft.of(from, ContractCatalog.load());
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : draft.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
            System.out.println(folder.resolve(file.getKey()));
        }
        draft.left().forEach(left -> System.out.println("left out: " + left));
        System.out.printf(
                "%n%s. Name it in millrace.yaml, then look: millrace doctor%n%n  sources:%n    %s: {system: %s, drop: FOLDER-OF-DATES, manifest: optional}%n",
                draft.open() == 0
                        ? "Nothing is left open"
                        : draft.open() + (draft.open() == 1 ? " question is" : " questions are")
                                + " left open, marked OPEN",
                name,
                name);
        return 0;
    }
}
