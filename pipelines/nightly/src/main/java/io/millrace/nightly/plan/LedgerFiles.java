package io.millrace.nightly.plan;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.lake.Storage;
import io.millrace.nightly.plan.Ledger.Event;
import io.millrace.nightly.plan.Ledger.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a ledger: one for each event, which appears whole or not at all and is on the disk before it is believed, and two sealed
 * states, the last and the one before it. All bear the tenure of the holder of the lake who wrote them, so that a later holder and one that does
 * not know yet that it has lost the lake cannot write over each other.
 */
final class LedgerFiles {

    static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .setVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE);

    private static final String STATE = "state.json";
    private static final String PREVIOUS = "state.previous.json";

    /** Stands behind the JSON of a state, before the SHA-256 of what is in front of it. */
    private static final String SEAL = "\n#sha256:";

    /** Number and tenure; a ledger from before there were tenures has events without. */
    private static final Pattern EVENT = Pattern.compile("(\\d{12})(?:-(\\d+))?\\.json");

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFiles.class);

    private final FileSystem files;
    private final Path folder;

    LedgerFiles(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** An event's place: its number, and the tenure of who wrote it. */
    record Place(long number, long tenure, Path path) {}

    /** Events that are there, the oldest first. Of one number those of earlier tenures come first. */
    List<Place> events() throws IOException {
        List<Place> places = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(folder)) {
                Matcher name = EVENT.matcher(status.getPath().getName());
                if (name.matches()) {
                    long tenure = name.group(2) == null ? 0 : Long.parseLong(name.group(2));
                    places.add(new Place(Long.parseLong(name.group(1)), tenure, status.getPath()));
                }
            }
        } catch (FileNotFoundException e) {
            return places;
        }
        places.sort(Comparator.comparingLong(Place::number).thenComparingLong(Place::tenure));
        return places;
    }

    Event event(Place place) throws IOException {
        return JSON.readValue(readText(place.path()), Event.class);
    }

    void write(long number, long tenure, Event event) throws IOException {
        Path path = new Path(folder, "%012d-%d.json".formatted(number, tenure));
        Storage.writeWhole(files, path, JSON.writeValueAsBytes(event));
    }

    /** Puts a state in the place of the one before it, and of the events that it knows. */
    void replace(State state) throws IOException {
        // What has to be there for the state before to be taken up, should this one be damaged, stays until the next.
        long before = keepPrevious();
        String json = JSON.writeValueAsString(state);
        Storage.writeWhole(
                files, new Path(folder, STATE), (json + SEAL + sha256(json)).getBytes(StandardCharsets.UTF_8));
        for (Place event : events()) {
            if (event.number() <= before) {
                files.delete(event.path(), false);
            }
        }
    }

    /** The last state that is whole and was not written by a holder who had lost the lake; an empty one if there is none. */
    State state() throws IOException {
        State last;
        try {
            last = sealed(new Path(folder, STATE));
        } catch (FileNotFoundException e) {
            return previousState();
        } catch (IOException e) {
            // The events since the state before are kept, so nothing is lost.
            LOG.warn("{}; the state before it is taken", e.getMessage());
            return previousState();
        }
        boolean isOfOneWhoLost = events().stream()
                .anyMatch(event -> event.tenure() > last.tenure() && event.number() <= last.lastEvent());
        return isOfOneWhoLost ? previousState() : last;
    }

    private State previousState() throws IOException {
        try {
            return sealed(new Path(folder, PREVIOUS));
        } catch (FileNotFoundException e) {
            return State.empty();
        }
    }

    /** A state as it was sealed. @throws IOException where it is not whole; one of an older version has no seal */
    private State sealed(Path path) throws IOException {
        String text = readText(path);
        int seal = text.lastIndexOf(SEAL);
        String json = seal < 0 ? text : text.substring(0, seal);
        if (seal >= 0 && !text.substring(seal + SEAL.length()).equals(sha256(json))) {
            throw new IOException(path + " is damaged: its SHA-256 is not the one that it was sealed with");
        }
        return JSON.readValue(json, State.class);
    }

    private static String sha256(String text) {
        return DigestUtils.sha256Hex(text);
    }

    /** Keeps the state that is about to be replaced, where it is whole. @return number of the last event in what is kept */
    private long keepPrevious() throws IOException {
        Path now = new Path(folder, STATE);
        try {
            long last = sealed(now).lastEvent();
            Storage.writeWhole(files, new Path(folder, PREVIOUS), readText(now).getBytes(StandardCharsets.UTF_8));
            return last;
        } catch (FileNotFoundException e) {
            return 0;
        } catch (IOException e) {
            LOG.warn("{}; the state before it is kept", e.getMessage());
            return previousState().lastEvent();
        }
    }

    private String readText(Path path) throws IOException {
        try (var in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
