package io.millrace.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Which tables there are and at which version, from the Delta logs alone: no Spark session, no metastore. */
public final class TableVersions {

    private final Path root;
    private final FileSystem files;

    /** @param root folder or URI of the lake */
    public TableVersions(String root, Configuration hadoop) {
        this.root = new Path(root);
        this.files = Storage.at(this.root, hadoop);
    }

    /** Folder of a table such as {@code silver.customer}. */
    public Path path(String table) {
        return new Path(root, table.replace('.', '/'));
    }

    /** The latest version, or -1 where the table does not exist. */
    public long latest(String table) {
        long latest = -1;
        for (FileStatus status : list(new Path(path(table), "_delta_log"))) {
            String name = status.getPath().getName();
            if (name.endsWith(".json") && name.length() == 25) {
                latest = Math.max(latest, Long.parseLong(name.substring(0, 20)));
            }
        }
        return latest;
    }

    /** Every table of the lake as {@code database.table}, sorted. */
    public List<String> tables() {
        List<String> tables = new ArrayList<>();
        for (FileStatus database : list(root)) {
            String name = database.getPath().getName();
            if (database.isDirectory() && !name.startsWith("_")) {
                for (FileStatus table : list(database.getPath())) {
                    String qualified = name + "." + table.getPath().getName();
                    if (latest(qualified) >= 0) {
                        tables.add(qualified);
                    }
                }
            }
        }
        tables.sort(null);
        return tables;
    }

    private FileStatus[] list(Path folder) {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        } catch (IOException e) {
            throw Storage.failure(folder, e);
        }
    }
}
