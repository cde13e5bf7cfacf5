package io.millrace.nightly.sentiment;

import io.millrace.contracts.Failure;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.Storage;
import io.millrace.models.text.SentenceEncoder;
import io.millrace.nightly.settings.Settings;
import io.millrace.nightly.tables.NightTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;

/** Which encoder reads texts: the one that comes with the program, or files that the configuration names. */
final class EncoderChoice {

    /** Gives the encoder, on the driver or on an executor. */
    @FunctionalInterface
    interface Source extends Serializable {
        SentenceEncoder get();
    }

    private EncoderChoice() {}

    /** What tells the encoder from others. To know it loads nothing. */
    static String name(Settings settings) {
        Settings.Sentiment.Encoder own = settings.sentiment().encoder();
        return own == null
                ? SentenceEncoder.SHIPPED
                : "%s, layers %s, prefix '%s'".formatted(own.sha256(), own.layers(), own.prefix());
    }

    /** The encoder in this process. @throws Failure of kind CONFIGURATION or OUTSIDE if its files are not what is configured */
    static SentenceEncoder here(Settings settings) {
        return settings.sentiment().encoder() == null
                ? SentenceEncoder.shipped()
                : SentenceEncoder.of(name(settings), () -> parts(settings));
    }

    /** The encoder wherever rows are. Files of one's own are read once, here, and go to every executor. */
    static Source everywhere(NightTables in, Settings settings) {
        if (settings.sentiment().encoder() == null) {
            return SentenceEncoder::shipped;
        }
        String name = name(settings);
        Broadcast<SentenceEncoder.Parts> parts = in.broadcast(parts(settings));
        return () -> SentenceEncoder.of(name, parts::value);
    }

    private static SentenceEncoder.Parts parts(Settings settings) {
        Settings.Sentiment.Encoder own = settings.sentiment().encoder();
        byte[] model = read(own.model(), settings.lake());
        String found = DigestUtils.sha256Hex(model);
        if (!found.equals(own.sha256())) {
            throw Failure.configuration("%s has the SHA-256 %s, and sentiment.encoder.sha256 is %s: it is another model"
                    .formatted(own.model(), found, own.sha256()));
        }
        return new SentenceEncoder.Parts(model, read(own.tokenizer(), settings.lake()), own.prefix(), own.layers());
    }

    private static byte[] read(String file, LakeSettings lake) {
        Path path = new Path(file);
        try (InputStream in = Storage.at(path, lake.hadoop()).open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Storage.failure(path, e);
        }
    }
}
