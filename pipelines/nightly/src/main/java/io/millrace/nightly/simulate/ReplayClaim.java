package io.millrace.nightly.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.decisions.replay.Saving;
import io.millrace.lake.Storage;
import io.millrace.nightly.plan.Ledger;
import io.millrace.nightly.settings.Settings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the last replay of the reorder policies claims, kept beside the pages for those of the mornings after.
 *
 * @param from    first date on which was decided
 * @param to      last day that was lived through
 * @param items   products at sites
 * @param against label of the policy that the classical plan is measured against
 * @param amount  saved against it, in the currency of the prices
 * @param low     lower end of its 95 % interval over items
 * @param high    upper end
 * @param share   saved, as a share of what the other policy cost
 */
public record ReplayClaim(
        String from, String to, int items, String against, double amount, double low, double high, double share) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The claim of a replay; empty if nothing could be compared. */
    public static Optional<ReplayClaim> of(ReplayResult result) {
        return Optional.ofNullable(result.savings().get(result.yardstick())).map(saving -> of(result, saving));
    }

    private static ReplayClaim of(ReplayResult result, Saving saving) {
        return new ReplayClaim(
                result.dates().get(0).toString(),
                result.end().toString(),
                result.items(),
                result.yardstick().label(),
                saving.amount(),
                saving.amountLow(),
                saving.amountHigh(),
                saving.share());
    }

    /** Keeps it in the place of the one before. */
    public void keep(Settings settings) {
        Path path = path(settings);
        FileSystem files = Storage.at(path, settings.lake().hadoop());
        try {
            Storage.writeWhole(
                    files, files.makeQualified(path), Ledger.json(this).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Storage.failure(path, e);
        }
    }

    /** The one that is kept; empty if none is. */
    public static Optional<ReplayClaim> kept(Settings settings) {
        String text = text(settings);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(text, ReplayClaim.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s holds no claim of a replay".formatted(path(settings)), e);
        }
    }

    /** The same as it is written, for a fingerprint; empty if none is. */
    public static String text(Settings settings) {
        Path path = path(settings);
        FileSystem files = Storage.at(path, settings.lake().hadoop());
        try (FSDataInputStream in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        } catch (IOException e) {
            throw Storage.failure(path, e);
        }
    }

    private static Path path(Settings settings) {
        return new Path(settings.report().folder(), "simulate-reorder.json");
    }
}
