package io.millrace.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of text files on the class path, whether in a directory or in a jar. */
public final class Resources {

    private Resources() {}

    /**
     * The files below {@code folder} whose names end in {@code suffix}: path below the folder → text, sorted by path.
     * Folders of that name in several jars are read together.
     */
    public static Map<String, String> folder(String folder, String suffix) {
        Map<String, String> files = new TreeMap<>();
        try {
            ClassLoader loader = Resources.class.getClassLoader();
            for (URL url : java.util.Collections.list(loader.getResources(folder))) {
                read(url, folder, suffix, files);
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("Cannot read " + folder + " from the class path", e);
        }
        return files;
    }

    /** The text of one file on the class path. */
    public static String text(String path) {
        try (var in = Resources.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(URL url, String folder, String suffix, Map<String, String> files)
            throws IOException, URISyntaxException {
        if (url.getProtocol().equals("jar")) {
            String jar = url.toString().substring(0, url.toString().indexOf("!/"));
            try (FileSystem zip = FileSystems.newFileSystem(Path.of(URI.create(jar.substring("jar:".length()))))) {
                read(zip.getPath(folder), suffix, files);
            }
        } else {
            read(Path.of(url.toURI()), suffix, files);
        }
    }

    private static void read(Path root, String suffix, Map<String, String> files) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(p -> Files.isRegularFile(p) && p.toString().endsWith(suffix))
                    .forEach(found::add);
        }
        for (Path file : found) {
            files.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
    }
}
