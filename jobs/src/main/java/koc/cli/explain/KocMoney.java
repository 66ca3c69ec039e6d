package koc.cli.explain;

import java.util.ArrayList;
import java.util.List;
import koc.warehouse.StoredRow;

/** What a KOC costs and earns, computed again from koc_economics and commission_statement. */
final class KocMoney {
    private static final List<String> COSTS =
            List.of("commission", "ad", "gift", "coupon", "bonus", "training", "sample");
    private static final double HALF_CENT = .005;
    /** Half of the last decimal of ltv_to_cac. */
    private static final double HALF_RATIO = 5e-5;

    private KocMoney() {}

    /** Cost, cost of a new customer, value of a new customer, and value over cost. */
    static List<Entry> economics(StoredRow economics) {
        Section.Builder entries = new Section.Builder("");
        entries.columns(economics, "history_days", "new_customers", "left_censored");
        entries.columns(economics, COSTS.toArray(String[]::new));
        double cost = COSTS.stream().mapToDouble(economics::value).sum();
        entries.add(Entry.Check.of(economics, "cost", String.join(" + ", COSTS), cost));
        entries.columns(economics, "customer_value");
        double customers = economics.value("new_customers");
        double value = economics.value("customer_value");
        entries.addAll(quotient(economics, "cac", "cost / new_customers", cost / customers, HALF_CENT));
        entries.addAll(quotient(economics, "ltv", "customer_value / new_customers", value / customers, HALF_CENT));
        entries.addAll(quotient(economics, "ltv_to_cac", "customer_value / cost", value / cost, HALF_RATIO));
        entries.columns(economics, "ltv_to_cac_low", "ltv_to_cac_high", "verdict");
        entries.columns(economics, "incremental_value");
        double incremental = economics.get("incremental_value") == null ? 0 : economics.value("incremental_value");
        entries.addAll(
                quotient(economics, "incremental_ratio", "incremental_value / cost", incremental / cost, HALF_RATIO));
        entries.columns(economics, "incremental_ratio_low", "incremental_ratio_high", "overall_verdict");
        entries.columns(economics, "payback_days", "referred_users");
        return entries.build().entries();
    }

    private static List<Entry.Check> quotient(
            StoredRow row, String column, String formula, double value, double precision) {
        return row.get(column) == null
                ? List.of()
                : List.of(Entry.Check.of(row, column, formula, value).rounded(precision));
    }

    /** Commission of each month, the latest first. */
    static List<Entry> statement(List<StoredRow> months) {
        List<Entry> entries = new ArrayList<>();
        months.stream()
                .sorted((one, other) -> other.text("month").compareTo(one.text("month")))
                .forEach(month -> {
                    String name = month.text("month").substring(0, "2024-06".length());
                    entries.add(money(name + " earned", month, "earned"));
                    entries.add(money(name + " taken back", month, "taken_back"));
                    double due = month.value("earned") - month.value("taken_back");
                    entries.add(Entry.Check.of(month, "due", "earned - taken_back", due)
                            .named(name + " due"));
                });
        return entries;
    }

    private static Entry.Value money(String name, StoredRow row, String column) {
        return new Entry.Value(name, row.get(column), row.source(column));
    }
}
