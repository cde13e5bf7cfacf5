package io.millrace.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the columns of a silver contract from the class path. */
final class Contracts {

    private Contracts() {}

    static List<String> columns(String table) {
        String resource = "/millrace/contracts/silver/" + table + ".yaml";
        try (InputStream yaml = Contracts.class.getResourceAsStream(resource)) {
            Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return List.copyOf(((Map<?, ?>) contract.get("columns"))
                    .keySet().stream().map(Object::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
