package io.millrace.nightly.ingest;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.millrace.contracts.source.FileFormat;
import java.io.Reader;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of a delimited file, the header left out. Blank lines are no records. */
final class CsvRows implements Iterator<DeliveredRow> {

    /** A field beyond this is taken for a quote that was never closed. */
    private static final int LONGEST_FIELD = 4 * 1024 * 1024;

    private final CsvParser parser;
    private final String delimiter;
    private final String[] header;
    private DeliveredRow next;
    private boolean ended;
    private long before;

    /** @param declared column names where the file has no header */
    CsvRows(Reader reader, FileFormat format, String[] declared) {
        delimiter = format.delimiter();
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(format.delimiter().charAt(0));
        char quote = format.quote().equals("none") ? '\0' : format.quote().charAt(0);
        settings.getFormat().setQuote(quote);
        settings.getFormat().setQuoteEscape(quote);
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setMaxCharsPerColumn(LONGEST_FIELD);
        settings.setMaxColumns(4096);
        settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
        settings.setReadInputOnSeparateThread(false);
        settings.setEmptyValue("");
        settings.setErrorContentLength(200);
        parser = new CsvParser(settings);
        parser.beginParsing(reader);
        header = format.header() ? firstRecord() : declared;
    }

    private String[] firstRecord() {
        String[] first = parser.parseNext();
        before = parser.getContext().currentLine();
        if (first != null && first.length > 0 && first[0] != null && first[0].startsWith("\ufeff")) {
            first[0] = first[0].substring(1);
        }
        return first;
    }

    /** The names in the first line, or those declared; null for an empty file. */
    String[] header() {
        return header;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next != null;
    }

    /** @throws TextParsingException for a field without end */
    private DeliveredRow read() {
        String[] values = parser.parseNext();
        if (values == null) {
            return null;
        }
        long after = parser.getContext().currentLine();
        long line = Math.min(before + 1, after);
        before = after;
        if (values.length != header.length) {
            return new DeliveredRow(line, null, String.join(delimiter, nonNull(values)));
        }
        return new DeliveredRow(line, values, null);
    }

    private static String[] nonNull(String[] values) {
        String[] texts = values.clone();
        for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i] == null ? "" : texts[i];
        }
        return texts;
    }

    @Override
    public DeliveredRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DeliveredRow row = next;
        next = null;
        return row;
    }
}
