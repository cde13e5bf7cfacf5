package io.millrace.lake;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that speaks S3 on a loopback port of its own, with one bucket, kept in the memory of a JVM of its own. It
 * asks for keys.
 */
public final class ObjectStorage implements AutoCloseable {

    /** The secret key, which no output may show. */
    public static final String SECRET = "sesame-4711";

    private static final String BUCKET = "warehouse";
    private static final String USER = "millrace";

    /** The build copies it there: its libraries are others than ours. */
    private static final Path SERVICE = Path.of("target", "s3proxy.jar");

    private static final Pattern STARTED = Pattern.compile("Started ServerConnector.*127\\.0\\.0\\.1:(\\d+)}");

    private final Process process;
    private final String endpoint;
    private final Path keys;

    private ObjectStorage(Process process, String endpoint, Path keys) {
        this.process = process;
        this.endpoint = endpoint;
        this.keys = keys;
    }

    /** Starts one. @param folder where its configuration and the files with its keys are to be */
    public static ObjectStorage start(Path folder) throws IOException {
        Files.writeString(folder.resolve("access-key"), USER + "\n");
        Files.writeString(folder.resolve("secret-key"), SECRET + "\n");
        Path configuration = Files.writeString(
                folder.resolve("s3proxy.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:0",
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + USER,
                        "s3proxy.credential=" + SECRET,
                        "jclouds.provider=transient",
                        "jclouds.identity=memory",
                        "jclouds.credential=memory"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        SERVICE.toString(),
                        "--properties",
                        configuration.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                drain(out);
                ObjectStorage storage = new ObjectStorage(process, "http://127.0.0.1:" + started.group(1), folder);
                storage.createBucket();
                return storage;
            }
        }
        throw new IOException("The object storage ended before it was ready:\n" + said);
    }

    /** Somebody has to read on, or the service waits for it. */
    private static void drain(BufferedReader out) {
        Thread reader = new Thread(() -> out.lines().forEach(line -> {}), "object-storage-log");
        reader.setDaemon(true);
        reader.start();
    }

    private void createBucket() {
        AmazonS3 client = AmazonS3ClientBuilder.standard()
                .withEndpointConfiguration(new EndpointConfiguration(endpoint, "us-east-1"))
                .withPathStyleAccessEnabled(true)
                .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(USER, SECRET)))
                .build();
        client.createBucket(BUCKET);
        client.shutdown();
    }

    /** The one bucket, as {@code s3a://...}. */
    public String bucket() {
        return "s3a://" + BUCKET;
    }

    /** What Hadoop needs to reach it, with the secret key itself: for the metastore's own configuration. */
    public Map<String, String> hadoop() {
        return Map.of(
                "fs.s3a.endpoint", endpoint,
                "fs.s3a.endpoint.region", "us-east-1",
                "fs.s3a.path.style.access", "true",
                "fs.s3a.connection.ssl.enabled", "false",
                "fs.s3a.attempts.maximum", "1",
                "fs.s3a.retry.limit", "1",
                "fs.s3a.access.key", USER,
                "fs.s3a.secret.key", SECRET);
    }

    /** For {@code lake.spark}, with references to the keys as a user writes them. */
    public Map<String, String> spark(String master) {
        Map<String, String> spark = new HashMap<>();
        hadoop().forEach((key, value) -> spark.put("spark.hadoop." + key, value));
        spark.put("spark.hadoop.fs.s3a.access.key", "${file:" + keys.resolve("access-key") + "}");
        spark.put("spark.hadoop.fs.s3a.secret.key", "${file:" + keys.resolve("secret-key") + "}");
        spark.put("spark.master", master);
        return spark;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
