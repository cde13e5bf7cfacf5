package io.millrace.launcher.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process of a data directory as its {@code postmaster.pid} names it. The file may be stale: the server was
 * killed, or the machine restarted and the number belongs to another process now.
 */
record Postmaster(long pid, int port, Path pidFile) {

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    /** What the file of a data directory says, or empty if there is none or it is not complete yet. */
    static Optional<Postmaster> of(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(PID_LINE).strip());
        return Optional.of(
                new Postmaster(pid, Integer.parseInt(lines.get(PORT_LINE).strip()), file));
    }

    /** Whether the process lives and is a PostgreSQL server; where the system hides its command, whether it listens. */
    boolean lives() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(p -> p.info().command().map(c -> c.endsWith("postgres")).orElseGet(this::listens))
                .orElse(false);
    }

    // A dead process that nobody has waited for counts as alive and has no command.
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has ended: a server deletes its file when it is done, and leaves it when it is killed. */
    boolean ended() {
        return Files.notExists(pidFile)
                || !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
