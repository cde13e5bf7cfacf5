package io.millrace.nightly.evaluate;

import io.millrace.contracts.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The numbers of a table, as models without labels take them.
 *
 * @param columns names of the columns that hold numbers
 * @param rows    values of these columns; NaN where a field is blank
 * @param remarks a sentence for each column that is left out
 */
@SuppressWarnings("ArrayRecordComponent")
public record NumericTable(List<String> columns, double[][] rows, List<String> remarks) {

    /**
     * The columns that are numbers in every row.
     *
     * @param leftOut columns that are no part of a row's description, such as its label
     * @throws Failure of kind DATA if no column is left
     */
    public static NumericTable of(Path file, CsvTable table, Set<String> leftOut) {
        List<String> columns = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (int c = 0; c < table.header().size(); c++) {
            String name = table.header().get(c);
            if (leftOut.contains(name)) {
                continue;
            }
            double[] column = new double[table.rows().size()];
            int bad = parse(table, c, column);
            if (bad >= 0) {
                remarks.add("%s is left out: '%s' in record %d is no number"
                        .formatted(name, table.rows().get(bad)[c], bad + 1));
            } else {
                columns.add(name);
                values.add(column);
            }
        }
        if (columns.isEmpty()) {
            throw Failure.data(file + " has no column of numbers to look at");
        }
        double[][] rows = new double[table.rows().size()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                rows[i][j] = values.get(j)[i];
            }
        }
        return new NumericTable(columns, rows, remarks);
    }

    /** Fills a column and gives the first row that is no number, or -1. */
    private static int parse(CsvTable table, int c, double[] column) {
        for (int i = 0; i < column.length; i++) {
            String text = table.rows().get(i)[c].strip();
            try {
                column[i] = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return i;
            }
        }
        return -1;
    }

    /** The same rows with the columns of another table. @throws Failure of kind DATA if one of them is not there */
    public double[][] rows(Path file, List<String> wanted) {
        int[] places = new int[wanted.size()];
        for (int j = 0; j < places.length; j++) {
            places[j] = columns.indexOf(wanted.get(j));
            if (places[j] < 0) {
                throw Failure.data("%s has no column of numbers '%s'; its columns are %s"
                        .formatted(file, wanted.get(j), String.join(", ", columns)));
            }
        }
        double[][] picked = new double[rows.length][places.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < places.length; j++) {
                picked[i][j] = rows[i][places[j]];
            }
        }
        return picked;
    }
}
