package io.millrace.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Who uses the database, so that the last one stops it: a folder with one file a user, named after its process. The
 * file of a process that was killed does not count, nor does one whose number belongs to a younger process now.
 */
final class PostgresUsers {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder;
    private final Path mine;

    PostgresUsers(Path folder) {
        this.folder = folder;
        this.mine = folder.resolve(ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }

    void enter() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(mine, born(ProcessHandle.current()));
    }

    /**
     * Takes this user out.
     *
     * @return whether nobody is left
     */
    boolean leave() throws IOException {
        Files.deleteIfExists(mine);
        boolean empty = true;
        for (Path user : users()) {
            if (alive(user)) {
                empty = false;
            } else {
                Files.deleteIfExists(user);
            }
        }
        return empty;
    }

    private List<Path> users() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static boolean alive(Path user) throws IOException {
        String name = user.getFileName().toString();
        long pid = Long.parseLong(name.substring(0, name.indexOf('-')));
        String born = Files.readString(user);
        return ProcessHandle.of(pid)
                .filter(p -> p.isAlive() && born(p).equals(born))
                .isPresent();
    }

    private static String born(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }
}
