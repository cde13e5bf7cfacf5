package io.millrace.features;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A row of the generated table silver.sale; any of its values may be null. */
record Sale(
        String buyer, String orderNo, LocalDate soldOn, LocalDate known, Integer amount, String code, String status) {

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    /** Rows of few buyers over 120 days, one value in ten null, one row in three known up to 40 days late. */
    static List<Sale> generate(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            LocalDate soldOn = FIRST_DAY.plusDays(random.nextInt(120));
            int late = random.nextInt(3) == 0 ? random.nextInt(40) : 0;
            sales.add(new Sale(
                    orNull(random, "b" + random.nextInt(6)),
                    orNull(random, "o" + random.nextInt(rows / 3)),
                    orNull(random, soldOn),
                    orNull(random, soldOn.plusDays(late)),
                    orNull(random, random.nextInt(-20, 100)),
                    orNull(random, "c" + random.nextInt(5)),
                    orNull(random, random.nextInt(5) == 0 ? "cancelled" : "done")));
        }
        return sales;
    }

    private static <T> T orNull(SplittableRandom random, T value) {
        return random.nextInt(10) == 0 ? null : value;
    }

    void addTo(Frames frames) {
        frames.add(
                "silver.sale",
                "buyer",
                buyer,
                "order_no",
                orderNo,
                "sold_on",
                soldOn,
                "_known_on",
                known,
                "amount",
                amount,
                "code",
                code,
                "status",
                status);
    }
}
