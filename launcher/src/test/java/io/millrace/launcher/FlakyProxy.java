package io.millrace.launcher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes HTTP on to a service on loopback and says "500 Internal Server Error" to one request in ten: every other time of these without passing it on, else when
 * it has been done.
 */
final class FlakyProxy implements Closeable {

    private static final int ONE_IN = 10;
    private static final byte[] FAILURE =
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket server;
    private final URI service;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private FlakyProxy(ServerSocket server, URI service) {
        this.server = server;
        this.service = service;
    }

    static FlakyProxy before(String endpoint) throws IOException {
        FlakyProxy proxy =
                new FlakyProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), URI.create(endpoint));
        daemon(proxy::accept);
        return proxy;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Requests that were told to come again. */
    long failed() {
        return failed.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "flaky-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed: nobody waits any more.
                return;
            }
        }
    }

    /** One request a connection: the service is asked to end its own after the answer, and so says the answer. */
    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            byte[] head = head(in);
            if (head.length == 0) {
                return;
            }
            long number = requests.incrementAndGet();
            boolean isFailed = number % ONE_IN == 0;
            boolean isDone = !isFailed || number / ONE_IN % 2 == 0;
            byte[] body = body(in, out, head);
            if (isDone) {
                pass(head, body, isFailed ? OutputStream.nullOutputStream() : out);
            }
            if (isFailed) {
                failed.incrementAndGet();
                out.write(FAILURE);
            }
        } catch (IOException e) {
            // The client is gone: whoever waits for its answer has heard of it there.
            return;
        }
    }

    private void pass(byte[] head, byte[] body, OutputStream out) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream request = socket.getOutputStream();
            String text = new String(head, StandardCharsets.ISO_8859_1)
                    .replaceAll("(?im)^(connection|expect):.*\r\n", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            request.write(text.getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            request.flush();
            socket.getInputStream().transferTo(out);
            out.flush();
        }
    }

    /** Up to the empty line; nothing at the end of the connection. */
    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int last = 0, b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toByteArray();
            }
        }
        return new byte[0];
    }

    private static byte[] body(InputStream in, OutputStream out, byte[] head) throws IOException {
        String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (text.contains("\r\nexpect: 100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        int at = text.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return new byte[0];
        }
        int from = at + "\r\ncontent-length:".length();
        return in.readNBytes(Integer.parseInt(
                text.substring(from, text.indexOf("\r\n", from)).trim()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
