package io.millrace.features;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The features of the view {@code generated}, computed the slow and obvious way for one entity and date. */
final class NestedLoop {

    private final List<Sale> visible;
    private final LocalDate asOf;

    private NestedLoop(List<Sale> visible, LocalDate asOf) {
        this.visible = visible;
        this.asOf = asOf;
    }

    /** The features, or those of nobody where nothing is visible. */
    static Map<String, Object> features(List<Sale> sales, String buyer, LocalDate asOf, LocalDate knownAt) {
        return new NestedLoop(visible(sales, buyer, asOf, knownAt), asOf).features();
    }

    /** True if a row of the buyer counts. */
    static boolean isVisible(List<Sale> sales, String buyer, LocalDate asOf, LocalDate knownAt) {
        return !visible(sales, buyer, asOf, knownAt).isEmpty();
    }

    private static List<Sale> visible(List<Sale> sales, String buyer, LocalDate asOf, LocalDate knownAt) {
        return sales.stream()
                .filter(s -> buyer != null && buyer.equals(s.buyer()))
                .filter(s -> s.soldOn() != null && !s.soldOn().isAfter(asOf))
                .filter(s -> s.known() != null && !s.known().isAfter(knownAt))
                .filter(s -> s.status() != null && !s.status().equals("cancelled"))
                .toList();
    }

    private Map<String, Object> features() {
        Map<String, Object> f = new HashMap<>();
        f.put("total_30d", sum(s -> age(s) < 30));
        f.put("total_30_60d", sum(s -> age(s) >= 30 && age(s) < 60));
        f.put("total", sum(s -> true));
        f.put("sales_30d", visible.stream().filter(s -> age(s) < 30).count());
        f.put(
                "large_60d",
                visible.stream()
                        .filter(s -> age(s) < 60 && s.amount() != null && s.amount() > 50)
                        .count());
        f.put(
                "codes_60d",
                visible.isEmpty()
                        ? null
                        : visible.stream()
                                .filter(s -> age(s) < 60)
                                .map(Sale::code)
                                .filter(Objects::nonNull)
                                .distinct()
                                .count());
        List<Double> amounts = amounts(s -> true).toList();
        f.put("mean", amounts.isEmpty() ? null : round(mean(amounts)));
        f.put("least", amounts.stream().min(Double::compare).orElse(null));
        f.put("most_60d", amounts(s -> age(s) < 60).max(Double::compare).orElse(null));
        f.put("sd", amounts.size() < 2 ? null : round(deviation(amounts)));
        f.put("earliest", pick(Comparator.comparing(this::age)));
        f.put("latest", pick(Comparator.comparing(s -> -age(s))));
        f.put(
                "since_first",
                visible.stream().map(this::age).max(Integer::compare).orElse(null));
        f.put(
                "since_last",
                visible.stream().map(this::age).min(Integer::compare).orElse(null));
        orders(f);
        Double total = (Double) f.get("total");
        Double share = total == 0 ? null : (Double) f.get("total_30d") / total;
        f.put("share", share);
        f.put("share_twice", share == null ? null : share * 2);
        return f;
    }

    private void orders(Map<String, Object> f) {
        Map<String, List<Sale>> orders = new LinkedHashMap<>();
        visible.forEach(s -> orders.computeIfAbsent(String.valueOf(s.orderNo()), o -> new java.util.ArrayList<>())
                .add(s));
        f.put("orders_30d", orders.values().stream().filter(o -> newest(o) < 30).count());
        f.put(
                "order_most",
                orders.values().stream()
                        .map(o -> o.stream()
                                .map(Sale::amount)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toList()))
                        .filter(amounts -> !amounts.isEmpty())
                        .map(amounts -> amounts.stream().mapToDouble(a -> a).sum())
                        .max(Double::compare)
                        .orElse(null));
    }

    private int newest(List<Sale> order) {
        return order.stream().mapToInt(this::age).min().orElseThrow();
    }

    private int age(Sale sale) {
        return (int) ChronoUnit.DAYS.between(sale.soldOn(), asOf);
    }

    private Stream<Double> amounts(Predicate<Sale> which) {
        return visible.stream()
                .filter(which)
                .map(Sale::amount)
                .filter(Objects::nonNull)
                .map(Integer::doubleValue);
    }

    private Double sum(Predicate<Sale> which) {
        return amounts(which).mapToDouble(a -> a).sum();
    }

    private Double pick(Comparator<Sale> order) {
        return visible.stream()
                .filter(s -> s.amount() != null)
                .max(order.thenComparing(Sale::amount))
                .map(s -> s.amount().doubleValue())
                .orElse(null);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).sum() / values.size();
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }

    private static double round(double value) {
        return Math.round(value * 1e9) / 1e9;
    }
}
