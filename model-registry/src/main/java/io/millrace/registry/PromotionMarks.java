package io.millrace.registry;

import io.millrace.contracts.Failure;
import io.millrace.contracts.Identifiers;
import io.millrace.lake.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An empty file for each promotion beside the artefacts: {@code _promotions/<model>/<business date>-<sequence>}. Whether a
 * model's champion has changed for a night is asked of every run, also of one that starts no Spark session.
 */
public final class PromotionMarks {

    private static final int DATE = 10;

    private final Path root;
    private final Configuration hadoop;

    /** @param artefactRoot the registry's */
    public PromotionMarks(String artefactRoot, Configuration hadoop) {
        this.root = new Path(artefactRoot, "_promotions");
        this.hadoop = hadoop;
    }

    /**
     * The sequence of the promotion that made the champion of a business date, -1 where there is none. For one date it only grows,
     * and stays where a promotion for another date does not change who is champion.
     */
    public long upTo(String model, LocalDate date) {
        LocalDate newest = LocalDate.MIN;
        long standing = -1;
        for (FileStatus mark : list(new Path(root, Identifiers.simple("Model", model)))) {
            String name = mark.getPath().getName();
            if (!isMark(name)) {
                continue;
            }
            LocalDate promoted = LocalDate.parse(name.substring(0, DATE));
            long sequence = Long.parseLong(name.substring(DATE + 1));
            if (!promoted.isAfter(date)
                    && (promoted.isAfter(newest) || promoted.equals(newest) && sequence > standing)) {
                newest = promoted;
                standing = sequence;
            }
        }
        return standing;
    }

    private static boolean isMark(String name) {
        if (!name.matches("\\d{4}-\\d{2}-\\d{2}-\\d{1,9}")) {
            return false;
        }
        try {
            LocalDate.parse(name.substring(0, DATE));
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Leaves the mark of a promotion; one that is there stays. Refusals leave none. */
    void put(Promotion promotion) {
        if (!promotion.isChampion()) {
            return;
        }
        Path mark = new Path(new Path(root, promotion.name()), promotion.businessDate() + "-" + promotion.sequence());
        try {
            FileSystem files = Storage.at(root, hadoop);
            if (!files.exists(mark)) {
                files.create(mark, true).close();
            }
        } catch (IOException e) {
            throw Failure.outside("The mark %s of a promotion cannot be written: %s".formatted(mark, e), e);
        }
    }

    private FileStatus[] list(Path folder) {
        try {
            return Storage.at(root, hadoop).listStatus(folder);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        } catch (IOException e) {
            throw Failure.outside("The marks of promotions cannot be read at %s: %s".formatted(folder, e), e);
        }
    }
}
