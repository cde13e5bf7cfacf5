package io.millrace.launcher.demo;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The rows of the ERP's tables, each in the order of its table's columns. */
final class ErpRows {

    private static final int EARLY = 6 * 60;
    private static final int EVENING = 18 * 60;
    private static final int NIGHT = 23 * 60 + 30;

    private final Company company;
    private final DemoOptions options;

    ErpRows(Company company) {
        this.company = company;
        this.options = company.options();
    }

    void of(ErpTable table, Consumer<String[]> rows) {
        switch (table) {
            case PRODUCT -> products(rows);
            case CUSTOMER -> customers(rows);
            case SUPPLIER ->
                company.suppliers()
                        .forEach(s -> rows.accept(changed(MasterFiles.supplier(s), options.firstDay(), EARLY)));
            case REORDER_RULE -> rules(rows);
            case STOCK_LEVEL -> levels(rows);
            case STOCK_MOVE -> moves(rows);
        }
    }

    private static String[] changed(String[] row, LocalDate day, int minute) {
        String[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = Texts.timestamp(day, minute);
        return longer;
    }

    /** Prices are raised on New Year's Day. */
    private void products(Consumer<String[]> rows) {
        LocalDate raised = options.date().withDayOfYear(1);
        company.market().products().forEach(p -> rows.accept(changed(MasterFiles.product(company, p), raised, EARLY)));
    }

    private void customers(Consumer<String[]> rows) {
        for (int i = 0; i < company.market().customers().size(); i++) {
            LocalDate created = options.day(company.market().customers().get(i).joinedDay());
            LocalDate changed = company.isActive(i) ? created : options.date();
            rows.accept(changed(MasterFiles.customer(company, i), changed, EARLY));
        }
    }

    private void rules(Consumer<String[]> rows) {
        for (ReorderRule rule : company.rules()) {
            String[] row = {
                company.market().productCode(rule.product()),
                company.market().siteCode(rule.site()),
                Integer.toString(rule.point()),
                Integer.toString(rule.upTo()),
                null
            };
            rows.accept(changed(row, options.firstDay(), EARLY));
        }
    }

    private void levels(Consumer<String[]> rows) {
        Warehouses warehouses = company.warehouses();
        for (int day = warehouses.firstDayKept(); day <= options.lastDay(); day++) {
            for (ReorderRule rule : company.rules()) {
                String[] row = {
                    company.market().productCode(rule.product()),
                    company.market().siteCode(rule.site()),
                    options.day(day).toString(),
                    Integer.toString(warehouses.onHand(rule.product(), rule.site(), day)),
                    Integer.toString(warehouses.reserved(rule.product(), rule.site(), day)),
                    Integer.toString(warehouses.incoming(rule.product(), rule.site(), day))
                };
                rows.accept(changed(row, options.day(day), NIGHT));
            }
        }
    }

    private void moves(Consumer<String[]> rows) {
        List<StockMove> moves = company.warehouses().moves().stream()
                .sorted(Comparator.comparingInt(StockMove::day))
                .toList();
        for (int i = 0; i < moves.size(); i++) {
            StockMove move = moves.get(i);
            String[] row = {
                company.market().productCode(move.product()),
                company.market().siteCode(move.site()),
                String.format(Locale.ROOT, "M%08d", i + 1),
                options.day(move.day()).toString(),
                Integer.toString(move.quantity()),
                move.type(),
                move.reference()
            };
            rows.accept(changed(row, options.day(move.day()), EVENING));
        }
    }
}
