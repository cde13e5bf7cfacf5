package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.contracts.ContractCatalog;
import io.millrace.lake.Lake;
import io.millrace.lake.LakeSettings;
import io.millrace.lake.MetastoreService;
import io.millrace.lake.ObjectStorage;
import io.millrace.lake.Sessions;
import io.millrace.nightly.plan.LakeLock;
import io.millrace.registry.Artefact;
import io.millrace.registry.Candidate;
import io.millrace.registry.ModelRegistry;
import io.millrace.registry.ModelVersion;
import io.millrace.registry.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a lake and a drop in a bucket: tables, ledger and lock are there, and nothing is local. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketNightIT {

    private static final String DATE = "2026-03-01";

    @TempDir
    private static java.nio.file.Path temp;

    private ObjectStorage storage;
    private MetastoreService metastore;
    private LakeSettings lake;
    private Launch.Result first;

    @BeforeAll
    void firstNight() throws Exception {
        storage = ObjectStorage.start(temp);
        metastore = MetastoreService.start(temp, storage.hadoop());
        lake = new LakeSettings(storage.bucket() + "/lake", metastore.uri(), 1, storage.spark("local[2]"));
        StringBuilder conf = new StringBuilder("home: %s\nlake:\n  root: %s\n  metastore: %s\n  spark:\n"
                .formatted(temp.resolve("home"), lake.root(), lake.metastore()));
        new TreeMap<>(lake.spark()).forEach((key, value) -> conf.append("    %s: \"%s\"\n".formatted(key, value)));
        conf.append("sources:\n  shop: {system: csv, drop: %s/drop}\n".formatted(storage.bucket()));
        Files.createDirectories(temp.resolve("conf"));
        Files.writeString(temp.resolve("conf/millrace.yaml"), conf);
        put("drop/shop/" + DATE + "/supplier.csv", "supplier_code,name\nS1,Miller\nS2,Baker\n");
        put("drop/shop/" + DATE + "/_manifest.json", "{\"files\":[{\"name\":\"supplier.csv\",\"rows\":2}]}");
        first = run();
    }

    @AfterAll
    void noServices() {
        metastore.close();
        storage.close();
    }

    private void put(String name, String text) throws IOException {
        Path file = new Path(storage.bucket(), name);
        try (var out = file.getFileSystem(lake.hadoop()).create(file, true)) {
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static Launch.Result millrace(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--conf";
        all[1] = temp.resolve("conf").toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Launch.here(all);
    }

    private static Launch.Result run() {
        return millrace("run", "ingest", "refine", "--date", DATE);
    }

    /** Object → size and time of writing. */
    private Map<String, String> objects() throws IOException {
        Map<String, String> objects = new TreeMap<>();
        FileSystem files = new Path(lake.root()).getFileSystem(lake.hadoop());
        var all = files.listFiles(new Path(lake.root()), true);
        while (all.hasNext()) {
            FileStatus file = all.next();
            objects.put(file.getPath().toString(), file.getLen() + "@" + file.getModificationTime());
        }
        return objects;
    }

    @Test
    void aNightTakesInADropAndKeepsItsBooksInTheBucket() throws IOException {
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(millrace("sql", "SELECT count(*) FROM silver.supplier", "--format", "csv")
                        .out())
                .isEqualTo("count(1)\n2\n");
        assertThat(millrace("status").out()).contains(DATE + "-1", "done");
        assertThat(millrace("tables").out()).contains("silver.supplier");
        assertThat(objects()).containsKey(lake.root() + "/_ledger/state.json");
        assertThat(temp.resolve("home")).doesNotExist();

        Map<String, String> before = objects();
        Launch.Result again = run();
        assertThat(again.err()).contains("0 stages ran");
        Map<String, String> after = objects();
        before.keySet().removeIf(name -> name.contains("/_ledger/"));
        after.keySet().removeIf(name -> name.contains("/_ledger/"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aSecondLauncherIsToldWhoHoldsTheLakeAndALockLeftBehindIsRecognised() throws Exception {
        try (LakeLock held = LakeLock.take(lake.root(), "another night", lake.hadoop())) {
            assertThat(held).isNotNull();
            Launch.Result locked = run();
            assertThat(locked.code()).isEqualTo(6);
            assertThat(locked.err()).contains("another night");
        }
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        put("lake/_ledger/lock", LakeLock.machine() + "\t" + gone.pid() + "\t2026-01-01T00:00:00Z\tkilled\tx");
        assertThat(run().code()).isZero();
        Path lock = new Path(lake.root(), "_ledger/lock");
        assertThat(lock.getFileSystem(lake.hadoop()).exists(lock)).isFalse();
    }

    @Test
    void aModelIsKeptInTheBucket() {
        Lake tables = new Lake(Sessions.writing("registry", lake), ContractCatalog.load(), lake);
        try {
            ModelRegistry registry = new ModelRegistry(tables, lake.root() + "/_models");
            ModelVersion version = registry.register(new Candidate(
                    "churn",
                    Map.of(),
                    Map.of(),
                    new Artefact.Bytes(new byte[] {1, 2, 3}),
                    new Provenance(LocalDate.parse(DATE), "run", "code", 42, Map.of())));
            assertThat(registry.artefact(version)).containsExactly(1, 2, 3);
            assertThat(new ModelRegistry(tables, lake.root() + "/_models").versions("churn"))
                    .containsExactly(version);
        } finally {
            Sessions.stop(tables.spark());
        }
    }

    @Test
    void theSecretKeyIsInNoLogHoweverMuchIsLogged() throws Exception {
        java.nio.file.Path log = temp.resolve("verbose.log");
        String conf = temp.resolve("conf").toString();
        Process process = Launch.apart(log, "--conf", conf, "-v", "run", "ingest", "refine", "--date", DATE, "--force");
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(log);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains("INFO").doesNotContain(ObjectStorage.SECRET);
        assertThat(millrace("doctor").out()).contains("ok    lake", "ok    metastore", "ok    drop of shop");
    }

    @Test
    void whatStandsInTheWayIsToldApart() throws IOException {
        // A bucket of its own each time: Hadoop keeps a file system for each.
        assertThat(elsewhere("s3a://nobody/lake", "spark.hadoop.fs.s3a.endpoint: \"http://127.0.0.1:1\"")
                        .code())
                .isEqualTo(5);
        Launch.Result unknown = elsewhere("s4a://bucket/lake", "spark.ui.enabled: \"false\"");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.err()).contains("s4a");
    }

    private Launch.Result elsewhere(String root, String setting) throws IOException {
        java.nio.file.Path conf = Files.createTempDirectory(temp, "elsewhere");
        Files.writeString(
                conf.resolve("millrace.yaml"),
                Files.readString(temp.resolve("conf/millrace.yaml"))
                        .replace(lake.root(), root)
                        .replaceAll("(?m)^( *)spark.hadoop.fs.s3a.endpoint: .*$", "$1" + setting));
        return Launch.here("--conf", conf.toString(), "status");
    }
}
