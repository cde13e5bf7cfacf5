package io.millrace.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A database role and the file with its password, which only the owner of the file may read. */
public record Login(String user, Path passwordFile) {

    private static final int BYTES = 24;

    /** The login of a role; its password is drawn where there is none yet. */
    static Login of(String user, Path folder) throws IOException {
        Path file = folder.resolve(user).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            write(file, password(new SecureRandom()));
        }
        return new Login(user, file);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void write(Path file, String password) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(hidden);
        Files.createFile(hidden, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(hidden, password + "\n");
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The password itself. */
    public String password() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    /** How a configuration refers to the password: {@code ${file:PATH}}. */
    public String reference() {
        return "${file:" + passwordFile + "}";
    }
}
