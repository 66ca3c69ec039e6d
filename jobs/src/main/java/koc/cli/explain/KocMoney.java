package koc.cli.explain;

import java.util.ArrayList;
import java.util.List;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/** What a KOC costs and earns, computed again from koc_economics and commission_statement. */
final class KocMoney {
    private static final List<String> COSTS =
            List.of("commission", "ad", "gift", "coupon", "bonus", "training", "sample");
    private static final int MONEY_DECIMALS = 2;
    private static final int RATIO_DECIMALS = 4;

    private KocMoney() {}

    /** Cost, cost of a new customer, value of a new customer, and value over cost. */
    static List<Entry> economics(StoredRow economics) {
        Section.Builder entries = new Section.Builder("");
        entries.columns(economics, "history_days", "new_customers", "left_censored");
        entries.columns(economics, COSTS.toArray(String[]::new));
        double cost = COSTS.stream().mapToDouble(economics::value).sum();
        entries.add(check(economics, "cost", String.join(" + ", COSTS), Numbers.round(cost, MONEY_DECIMALS)));
        entries.columns(economics, "customer_value");
        double customers = economics.value("new_customers");
        double value = economics.value("customer_value");
        entries.addAll(quotient(economics, "cac", "cost / new_customers", cost / customers, MONEY_DECIMALS));
        entries.addAll(quotient(economics, "ltv", "customer_value / new_customers", value / customers, MONEY_DECIMALS));
        entries.addAll(quotient(economics, "ltv_to_cac", "customer_value / cost", value / cost, RATIO_DECIMALS));
        entries.columns(economics, "ltv_to_cac_low", "ltv_to_cac_high", "verdict", "payback_days", "fission");
        return entries.build().entries();
    }

    private static List<Entry.Check> quotient(
            StoredRow row, String column, String formula, double value, int decimals) {
        return row.get(column) == null ? List.of() : List.of(check(row, column, formula, Numbers.round(value, decimals)));
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
                    entries.add(new Entry.Check(
                            name + " due",
                            "earned - taken_back",
                            Numbers.round(month.value("earned") - month.value("taken_back"), MONEY_DECIMALS),
                            month.value("due"),
                            month.source("due")));
                });
        return entries;
    }

    private static Entry.Value money(String name, StoredRow row, String column) {
        @Nullable Object value = row.get(column);
        return new Entry.Value(name, value, row.source(column));
    }

    private static Entry.Check check(StoredRow row, String column, String formula, double recomputed) {
        return new Entry.Check(column, formula, recomputed, row.value(column), row.source(column));
    }
}
