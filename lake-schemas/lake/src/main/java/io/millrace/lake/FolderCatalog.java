package io.millrace.lake;

import io.millrace.contracts.ColumnContract;
import io.millrace.contracts.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The tables of a lake by their folders, in the catalogue of a session that only reads. */
final class FolderCatalog implements AutoCloseable {

    /** Blanks, comments and opening parentheses may stand before the first word. */
    private static final Pattern QUERY =
            Pattern.compile("(?is)(?:\\s|\\(|--[^\\n]*\\n|/\\*.*?\\*/)*(select|with|values|from|table)\\b.*");

    private final SparkSession spark;
    private final TableVersions versions;
    /** Tables that the lake has once they are written. */
    private final List<TableContract> contracts;

    private final Set<String> registered = new HashSet<>();
    private final Set<String> empty = new HashSet<>();
    private Path nothing;

    /** @param contracts whose tables are there for a query although nothing was written to them yet */
    FolderCatalog(SparkSession spark, TableVersions versions, Collection<TableContract> contracts) {
        this.spark = spark;
        this.versions = versions;
        this.contracts = List.copyOf(contracts);
    }

    /** Every table that a query may name, as in {@code silver.customer}. */
    Set<String> tables() {
        Set<String> known = new TreeSet<>(versions.tables());
        contracts.forEach(contract -> known.add(contract.name()));
        return known;
    }

    /** All tables with their columns, as who asks the catalogue itself wants them: Delta leaves it to the log to know them. */
    synchronized void registerWhole() {
        register("SHOW TABLES");
        for (String table : registered) {
            String[] name = table.split("\\.", 2);
            spark.sharedState()
                    .externalCatalog()
                    .alterTableDataSchema(name[0], name[1], spark.table(table).schema());
        }
    }

    /** True if it is this session that knows them by its own statements. */
    boolean isOf(SparkSession session) {
        return spark == session;
    }

    /** Folder of a table. */
    org.apache.hadoop.fs.Path path(String table) {
        return versions.path(table);
    }

    /** Finds the tables that a query may name; each costs a look at its log. A statement that tells of tables finds all. */
    synchronized void register(String sql) {
        String text =
                QUERY.matcher(sql).matches() ? sql.toLowerCase(Locale.ROOT).replace("`", "") : null;
        List<String> written = versions.tables();
        for (TableContract contract : contracts) {
            if (!written.contains(contract.name()) && text != null && text.contains(contract.table())) {
                registerEmpty(contract);
            }
        }
        for (String table : written) {
            if (text == null || text.contains(table.substring(table.indexOf('.') + 1))) {
                registerWritten(table);
            }
        }
    }

    private void registerWritten(String table) {
        if (registered.contains(table)) {
            return;
        }
        if (empty.remove(table)) {
            spark.sql("DROP TABLE IF EXISTS " + table);
        }
        String database = table.substring(0, table.indexOf('.'));
        spark.sql("CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
                .formatted(database, versions.path(database).toString().replace("'", "\\'")));
        spark.sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                .formatted(table, versions.path(table).toString().replace("'", "\\'")));
        // Only now: what failed is tried again by the next query.
        registered.add(table);
    }

    /** In the catalogue of this session alone: asking for a table does not create it. */
    private void registerEmpty(TableContract contract) {
        if (empty.contains(contract.name())) {
            return;
        }
        spark.sql("CREATE DATABASE IF NOT EXISTS %s LOCATION '%s'"
                .formatted(contract.database(), folder(contract.database())));
        StructType schema = new StructType();
        for (ColumnContract column : contract.columns()) {
            schema = schema.add(column.name(), DataType.fromDDL(column.type()));
        }
        spark.sql("CREATE TABLE IF NOT EXISTS %s (%s) USING parquet LOCATION '%s'"
                .formatted(contract.name(), schema.toDDL(), folder(contract.name())));
        empty.add(contract.name());
    }

    /** A folder without files. */
    private Path folder(String name) {
        try {
            if (nothing == null) {
                nothing = Files.createTempDirectory("millrace-nothing");
            }
            return Files.createDirectories(nothing.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (nothing != null) {
            FileUtils.deleteQuietly(nothing.toFile());
        }
    }
}
