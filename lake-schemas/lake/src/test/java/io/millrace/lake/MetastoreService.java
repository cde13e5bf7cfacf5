package io.millrace.lake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.HiveMetaStore;
import org.apache.hadoop.hive.metastore.TSetIpAddressProcessor;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;

/**
 * Hive's metastore, served by Thrift on a loopback port of its own, over a Derby database of its own, in a JVM of its
 * own. Hive's own command does the same on all interfaces.
 */
public final class MetastoreService implements AutoCloseable {

    private static final String READY = "metastore at port ";

    private final Process process;
    private final int port;

    private MetastoreService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param folder where its database is to be
     * @param hadoop what it needs to make folders where the tables are: of a local lake nothing
     */
    public static MetastoreService start(Path folder, Map<String, String> hadoop) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MetastoreService.class.getName(),
                folder.toString()));
        hadoop.forEach((key, value) -> command.add(key + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("metastore.log").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new MetastoreService(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        process.destroyForcibly();
        throw new IOException("The metastore ended before it was ready; see " + folder.resolve("metastore.log"));
    }

    /** For {@code lake.metastore}. */
    public String uri() {
        return "thrift://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Serves until it is killed: the folder of its database, then settings as {@code key=value}. */
    public static void main(String[] args) throws Exception {
        HiveConf conf = new HiveConf();
        conf.set(
                "javax.jdo.option.ConnectionURL",
                "jdbc:derby:;databaseName=" + Path.of(args[0], "metastore") + ";create=true");
        conf.set("hive.metastore.warehouse.dir", Path.of(args[0], "warehouse").toString());
        conf.set("datanucleus.schema.autoCreateAll", "true");
        conf.set("hive.metastore.schema.verification", "false");
        System.setProperty(
                "derby.stream.error.file", Path.of(args[0], "derby.log").toString());
        for (int i = 1; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            conf.set(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var handler = HiveMetaStore.newRetryingHMSHandler("metastore", conf, true);
        System.out.println(READY + socket.getLocalPort());
        new TThreadPoolServer(new TThreadPoolServer.Args(new TServerSocket(socket))
                        .processor(new TSetIpAddressProcessor<>(handler)))
                .serve();
    }
}
