package io.millrace.launcher.demo;

import java.util.List;

/**
 * The file of sales lines, with bad rows planted among the good ones:
 * <ul>
 *   <li>{@value #BROKEN} rows that break the contract, three of each: a quantity that is no number, a date that does
 *       not exist, an unknown status, a missing product. Their order numbers begin with SX.
 *   <li>{@value #DUPLICATES} exact duplicates of good rows that stand earlier in the file.
 *   <li>{@value #UNKNOWN_PRODUCT} row whose product no master data know, {@code P-9999}. Its order number begins with
 *       SU.
 * </ul>
 */
final class SalesFile {

    static final String NAME = "sales_line.csv.gz";
    static final int BROKEN = 12;
    static final int DUPLICATES = 20;
    static final int UNKNOWN_PRODUCT = 1;

    static final String[] COLUMNS = {
        "order_no",
        "line_no",
        "order_date",
        "customer_code",
        "product_code",
        "site_code",
        "channel",
        "promotion_code",
        "quantity",
        "unit_price",
        "amount",
        "currency",
        "status"
    };
    private static final int PRODUCT = 4;
    private static final int QUANTITY = 8;
    private static final int STATUS = 12;

    private final DemoOptions options;
    private final CsvFile file;
    private final int stride;
    private int good;
    private int planted;
    private String[] earlier;

    SalesFile(DemoOptions options, CsvFile file) {
        this.options = options;
        this.file = file;
        this.stride = Math.max(1, (int) (1000 * Math.min(1, options.scale())));
    }

    void write(SalesLine line, Market market) {
        String[] row = row(line, market);
        file.row(row);
        if (++good % stride == 0 && planted < BROKEN + DUPLICATES + UNKNOWN_PRODUCT) {
            file.row(bad(row, planted++));
            earlier = row;
        }
    }

    private String[] row(SalesLine line, Market market) {
        return new String[] {
            line.orderNo(),
            Integer.toString(line.lineNo()),
            options.day(line.day()).toString(),
            market.customerCode(line.customer()),
            market.productCode(line.product()),
            market.siteCode(line.site()),
            Texts.lower(line.channel()),
            line.promotion(),
            Integer.toString(line.quantity()),
            Texts.money(line.unitCents()),
            Texts.money(line.amountCents()),
            "EUR",
            Texts.lower(line.status())
        };
    }

    /** Broken rows first, then the unknown product, then duplicates. */
    private String[] bad(String[] row, int number) {
        if (number > BROKEN) {
            return earlier;
        }
        String[] bad = row.clone();
        bad[0] = (number < BROKEN ? "SX" : "SU") + row[0].substring(2);
        switch (number < BROKEN ? number % 4 : 4) {
            case 0 -> bad[QUANTITY] = List.of("12 pcs", "n/a", "1,5").get(number / 4);
            case 1 ->
                bad[2] = row[2].substring(0, 4)
                        + List.of("-02-30", "-13-01", "-06-31").get(number / 4);
            case 2 -> bad[STATUS] = List.of("shipped?", "9", "DONEE").get(number / 4);
            case 3 -> bad[PRODUCT] = null;
            default -> bad[PRODUCT] = "P-9999";
        }
        return bad;
    }

    /** Bad rows that were written: {@code BROKEN + DUPLICATES + UNKNOWN_PRODUCT} for every allowed scale. */
    int planted() {
        return planted;
    }
}
