package io.millrace.features;

import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import io.millrace.contracts.Resources;
import io.millrace.contracts.TableContract;
import io.millrace.contracts.yaml.JsonSchema;
import io.millrace.contracts.yaml.Problems;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every feature view: those that Millrace ships, and those of the user's own folder, which win over them by name. */
public final class FeatureViews {

    /** Folder of a configuration that holds the user's own views. */
    public static final String USERS = "features";

    private static final String FOLDER = "millrace/features";

    private final Map<String, FeatureView> byName;

    private FeatureViews(Map<String, FeatureView> byName) {
        this.byName = byName;
    }

    /** The JSON schema of the declaration of a view. */
    public static Map<String, Object> schema() {
        return JsonSchema.of(FeatureViewReader.Written.class, "A feature view of Millrace");
    }

    /**
     * The views that Millrace ships.
     *
     * @param tables contracts of the tables that views read
     * @throws Failure of kind CONFIGURATION that lists every problem of every file
     */
    public static FeatureViews load(ContractCatalog tables) {
        return of(shipped(), tables, true);
    }

    /**
     * The views that Millrace ships and those in the files {@code *.yaml} of {@code folder}. A folder that does not
     * exist holds none; one of a shipped view's name takes its place.
     *
     * @throws Failure of kind CONFIGURATION that lists every problem of every file
     */
    public static FeatureViews load(ContractCatalog tables, Path folder) {
        FeatureViews shipped = load(tables);
        Map<String, FeatureView> byName = new TreeMap<>(shipped.byName);
        byName.putAll(of(files(folder), tables).byName);
        return new FeatureViews(byName);
    }

    /** The views in {@code files}, file name to text. @throws Failure of kind CONFIGURATION */
    public static FeatureViews of(Map<String, String> files, ContractCatalog tables) {
        return of(files, tables, false);
    }

    /** The declarations that Millrace ships, file name to text. */
    static Map<String, String> shipped() {
        return Resources.folder(FOLDER, ".yaml");
    }

    private static FeatureViews of(Map<String, String> files, ContractCatalog tables, boolean isTrusted) {
        Problems problems = new Problems();
        Map<String, FeatureView> byName = new TreeMap<>();
        files.forEach((file, text) -> FeatureViewReader.read(file, text, tables, problems, isTrusted)
                .ifPresent(view -> {
                    if (byName.put(view.name(), view) != null) {
                        problems.add(file, "the view '" + view.name() + "' is also declared by another file");
                    }
                }));
        problems.refuse("The feature views");
        return new FeatureViews(byName);
    }

    /** Every view, by name. */
    public Collection<FeatureView> all() {
        return byName.values();
    }

    /** One view. @throws Failure of kind USAGE that names the nearest known view */
    public FeatureView get(String name) {
        FeatureView view = byName.get(name);
        if (view == null) {
            throw Failure.usage("There is no feature view '" + name + "'" + Problems.didYouMean(name, byName.keySet()));
        }
        return view;
    }

    /** The contracts of the materialised views, to be added to the catalogue of the lake. */
    public List<TableContract> contracts() {
        return byName.values().stream().map(FeatureView::contract).toList();
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : found) {
                files.put(file.toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw Failure.configuration("The feature views in " + folder + " cannot be read: " + e);
        }
        return files;
    }
}
