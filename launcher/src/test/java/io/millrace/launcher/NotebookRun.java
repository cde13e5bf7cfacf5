package io.millrace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Runs the cells of a notebook as its kernel would, in this JVM. With {@code -Dmillrace.notebooks.write=true} what they show is written into the
 * file, so that it reads well where it is only looked at.
 */
public final class NotebookRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ObjectNode> SHOWN = new ArrayList<>();

    private NotebookRun() {}

    /** Where {@code display} of a cell ends. */
    public static void shown(String mime, Object what) {
        ObjectNode output = JSON.createObjectNode().put("output_type", "display_data");
        output.putObject("metadata");
        output.putObject("data").set(mime, lines(String.valueOf(what)));
        SHOWN.add(output);
    }

    /**
     * Runs all cells in their order.
     *
     * @return how many outputs each code cell had
     * @throws AssertionError that names the cell if one cannot be compiled or throws
     */
    static List<Integer> run(Path file) throws IOException {
        ObjectNode notebook = (ObjectNode) JSON.readTree(file.toFile());
        List<Integer> outputs = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            eval(
                    shell,
                    "void display(String mime, Object what) { io.millrace.launcher.NotebookRun.shown(mime, what); }");
            int number = 0;
            for (JsonNode cell : notebook.get("cells")) {
                if (cell.get("cell_type").asText().equals("code")) {
                    number++;
                    ArrayNode shown = cell(shell, source(cell), file.getFileName() + ", code cell " + number);
                    outputs.add(shown.size());
                    ((ObjectNode) cell).put("execution_count", number).set("outputs", shown);
                }
            }
        } finally {
            thread.setContextClassLoader(loader);
        }
        if (Boolean.getBoolean("millrace.notebooks.write")) {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(notebook) + "\n");
        }
        return outputs;
    }

    /** How many outputs are kept in the file for each code cell. */
    static List<Integer> kept(Path file) throws IOException {
        List<Integer> outputs = new ArrayList<>();
        for (JsonNode cell : JSON.readTree(file.toFile()).get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                outputs.add(cell.get("outputs").size());
            }
        }
        return outputs;
    }

    private static String source(JsonNode cell) {
        StringBuilder source = new StringBuilder();
        cell.get("source").forEach(line -> source.append(line.asText()));
        return source.toString();
    }

    private static ArrayNode cell(JShell shell, String source, String where) {
        SHOWN.clear();
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String value = null;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            value = eval(shell, source);
        } catch (AssertionError e) {
            throw new AssertionError(where + ": " + e.getMessage(), e);
        } finally {
            System.setOut(out);
        }
        ArrayNode outputs = JSON.createArrayNode();
        if (printed.size() > 0) {
            outputs.addObject()
                    .put("output_type", "stream")
                    .put("name", "stdout")
                    .set("text", lines(printed.toString(StandardCharsets.UTF_8)));
        }
        outputs.addAll(SHOWN);
        if (value != null && !value.isEmpty()) {
            ObjectNode last = outputs.addObject().put("output_type", "display_data");
            last.putObject("metadata");
            last.putObject("data").set("text/plain", lines(value));
        }
        return outputs;
    }

    /** Runs the snippets of a text. @return the value of the last one if it is an expression without a semicolon, else null */
    private static String eval(JShell shell, String source) {
        String rest = source;
        String value = null;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!next.completeness().isComplete()) {
                throw new AssertionError("no whole statement: " + rest);
            }
            boolean isAsked =
                    next.remaining().isBlank() && !rest.stripTrailing().endsWith(";");
            value = null;
            for (SnippetEvent event : shell.eval(next.source())) {
                refuse(shell, event);
                if (isAsked && event.snippet().kind() == Snippet.Kind.EXPRESSION
                        || isAsked && event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                    value = event.value();
                }
            }
            rest = next.remaining();
        }
        return value;
    }

    private static void refuse(JShell shell, SnippetEvent event) {
        if (event.status() == Snippet.Status.REJECTED) {
            throw new AssertionError(event.snippet().source() + "\n"
                    + shell.diagnostics(event.snippet())
                            .map(d -> d.getMessage(java.util.Locale.ROOT))
                            .toList());
        }
        if (event.exception() != null) {
            String what = event.exception() instanceof EvalException e ? e.getExceptionClassName() + ": " : "";
            throw new AssertionError(
                    event.snippet().source() + "\n" + what + event.exception().getMessage(), event.exception());
        }
    }

    private static ArrayNode lines(String text) {
        ArrayNode lines = JSON.createArrayNode();
        text.lines().map(line -> line + "\n").forEach(lines::add);
        return lines;
    }
}
