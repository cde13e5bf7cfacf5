package io.millrace.lake;

import io.delta.sql.DeltaSparkSessionExtension;
import io.millrace.contracts.ContractCatalog;
import io.millrace.contracts.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.hive.thriftserver.HiveThriftServer2;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The lake for BI tools: what speaks JDBC or ODBC to a Hive server reads its tables, and does nothing else. It finds them by their folders as
 * {@link LakeReader} does, so it works while a night is writing, and each query sees the last commit of each table.
 */
public final class LakeServer implements AutoCloseable {

    private final SparkSession spark;
    private final FolderCatalog catalog;
    private final HiveThriftServer2 server;
    private final Path scratch;

    private final String address;

    private LakeServer(
            SparkSession spark, FolderCatalog catalog, HiveThriftServer2 server, Path scratch, String address) {
        this.spark = spark;
        this.catalog = catalog;
        this.server = server;
        this.scratch = scratch;
        this.address = address;
    }

    /**
     * Starts to listen.
     *
     * @param contracts whose tables are there for a query although nothing was written to them yet
     * @throws Failure of kind CONFIGURATION if the file of users or the key store is not there, or the port is taken
     */
    public static LakeServer start(LakeSettings settings, ContractCatalog contracts, ServerSettings door) {
        requireFile("sql-server.users", door.users());
        requireFile("sql-server.key-store", door.keyStore());
        requireFree(door);
        try {
            Path scratch = Files.createTempDirectory("millrace-sql-server");
            Files.createDirectories(scratch.resolve("local"));
            FolderCatalog[] catalog = new FolderCatalog[1];
            SparkSession.Builder builder = Sessions.readingBuilder("millrace sql-server", settings)
                    .withExtensions(onlyReading(catalog, door.rows()));
            configured(door, scratch).forEach(builder::config);
            SparkSession spark = builder.getOrCreate();
            catalog[0] =
                    new FolderCatalog(spark, new TableVersions(settings.root(), settings.hadoop()), contracts.all());
            catalog[0].registerWhole();
            HiveThriftServer2 server = HiveThriftServer2.startWithContext(spark.sqlContext());
            return new LakeServer(spark, catalog[0], server, scratch, address(door));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(ServerSettings door) {
        String host = door.host().contains(":") ? "[" + door.host() + "]" : door.host();
        return "jdbc:hive2://%s:%d/default%s".formatted(host, door.port(), door.keyStore() == null ? "" : ";ssl=true");
    }

    /** What a JDBC client calls it. */
    public String address() {
        return address;
    }

    private static void requireFile(String key, String file) {
        if (file != null && !Files.isReadable(Path.of(file))) {
            throw Failure.configuration("%s: %s cannot be read".formatted(key, file));
        }
    }

    /** The server itself would listen in the background, and only its log would tell that it cannot. */
    private static void requireFree(ServerSettings door) {
        try (ServerSocket socket = new ServerSocket(door.port(), 1, InetAddress.getByName(door.host()))) {
            if (!socket.isBound()) {
                throw new IOException("not bound");
            }
        } catch (IOException e) {
            throw Failure.configuration(
                    "sql-server cannot listen on %s:%d: %s".formatted(door.host(), door.port(), e.getMessage()));
        }
    }

    /** Every session but the first, which registers the tables, is somebody else's. */
    private static AbstractFunction1<SparkSessionExtensions, BoxedUnit> onlyReading(FolderCatalog[] catalog, int rows) {
        return new AbstractFunction1<>() {
            @Override
            public BoxedUnit apply(SparkSessionExtensions extensions) {
                // Delta's parser has statements of its own, so ours comes after it: the last one is asked first.
                new DeltaSparkSessionExtension().apply(extensions);
                extensions.injectParser(new AbstractFunction2<>() {
                    @Override
                    public ParserInterface apply(SparkSession session, ParserInterface all) {
                        return catalog[0] == null || catalog[0].isOf(session)
                                ? all
                                : new ReadOnlyParser(session, all, catalog[0], rows);
                    }
                });
                return BoxedUnit.UNIT;
            }
        };
    }

    private static Map<String, String> configured(ServerSettings door, Path scratch) {
        Map<String, String> hive = new LinkedHashMap<>();
        hive.put("server2.transport.mode", "binary");
        hive.put("server2.thrift.bind.host", door.host());
        hive.put("server2.thrift.port", String.valueOf(door.port()));
        // Whoever asks reads as the process does: what may be read is the lake.
        hive.put("server2.enable.doAs", "false");
        hive.put("server2.logging.operation.enabled", "false");
        hive.put("exec.scratchdir", scratch.resolve("hive").toString());
        hive.put("exec.local.scratchdir", scratch.resolve("local").toString());
        hive.put("downloaded.resources.dir", scratch.resolve("resources").toString());
        if (door.users() != null) {
            hive.put("server2.authentication", "CUSTOM");
            ServerUsers.ask(Path.of(door.users()));
        }
        if (door.keyStore() != null) {
            hive.put("server2.use.SSL", "true");
            hive.put("server2.keystore.path", door.keyStore());
            hive.put("server2.keystore.password", door.keyStorePassword().reveal());
        }
        Map<String, String> spark = new LinkedHashMap<>();
        hive.forEach((key, value) -> spark.put("spark.hadoop.hive." + key, value));
        spark.put("spark.sql.extensions", "");
        // Delta answers MAX of a date from its log in a form that a server's session does not take.
        spark.put("spark.databricks.delta.optimizeMetadataQuery.enabled", "false");
        spark.put(
                "spark.sql.thriftServer.queryTimeout",
                String.valueOf(door.time().toSeconds()));
        // An answer goes out partition by partition, so that a large one does not stand in memory.
        spark.put("spark.sql.thriftServer.incrementalCollect", "true");
        // A small query does not wait for a large one.
        spark.put("spark.scheduler.mode", "FAIR");
        return spark;
    }

    @Override
    public void close() {
        server.stop();
        Sessions.stop(spark);
        catalog.close();
        FileUtils.deleteQuietly(scratch.toFile());
    }
}
