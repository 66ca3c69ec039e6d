package koc.clean.inspect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import koc.clean.RowReader;
import koc.clean.Source;
import koc.clean.ValueFormat;
import koc.clean.ValueShape;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;

/**
 * Finds our columns among those of the files of a source: by their names, if their values fit, and required ones also by their
 * values alone. Of two columns that fit equally well, none is taken.
 */
final class ColumnMatching {
    private static final double MIN_FIT = 0.6;
    /** A column that is found by its values alone must fit better. */
    private static final double MIN_FIT_OF_UNNAMED = 0.9;

    private static final double NEARLY_ALL = 0.95;
    private static final double MIN_DISTINCT = 0.98;
    private static final int MAX_WORDS = 60;
    private static final int MIN_YEAR = 1900;
    private static final int MAX_YEAR = 2100;

    /** Names of the amount of a line, which is its price times its quantity. */
    private static final Set<String> AMOUNTS = Set.of(
            "amount",
            "totalamount",
            "lineamount",
            "total",
            "totalprice",
            "lineprice",
            "payment",
            "payamount",
            "gmv",
            "netwr",
            "betrag",
            "gesamtpreis",
            "金额",
            "实付金额",
            "实收金额",
            "实付款",
            "订单实付金额",
            "商品实际成交金额",
            "买家实际支付金额",
            "总价",
            "总金额",
            "买家实付金额",
            "支付金额",
            "订单金额",
            "商品金额",
            "商品总价");

    private final SourceSample sample;
    private final Source source;
    private final ValueFormat defaults;
    private final RowReader reader;
    private final SourceMapping mapping = new SourceMapping();
    private final Set<String> leftOut = new HashSet<>();

    ColumnMatching(SourceSample sample, ValueFormat defaults) {
        this.sample = sample;
        this.source = sample.source();
        this.defaults = defaults;
        this.reader = new RowReader(source, defaults);
    }

    /** Takes a column that is known for another reason. */
    ColumnMatching with(String target, String column, String reason) {
        mapping.choose(target, column, reason);
        return this;
    }

    /** Whether a column of the files is known for one of ours. */
    boolean has(String target) {
        return mapping.has(target);
    }

    /** Leaves one of our columns without a column of the files. */
    void leaveOut(String target) {
        leftOut.add(target);
    }

    /** The mapping of all columns. */
    SourceMapping match() {
        List<String> targets = new ArrayList<>(source.required());
        source.landed().stream()
                .map(StructField::name)
                .filter(name -> !targets.contains(name))
                .forEach(targets::add);
        targets.removeAll(leftOut);
        for (String target : targets) {
            if (!mapping.has(target)) {
                matchByName(target);
            }
            if (!mapping.has(target) && source.required().contains(target)) {
                matchByValues(target);
            }
        }
        if (source == Source.EVENTS && !mapping.has("unit_price")) {
            matchAmount();
        }
        return mapping;
    }

    /** The columns that may be this one by their name, the surest first, each with its group of names. */
    static Map<Integer, List<String>> candidates(Source source, String target, List<String> columns) {
        Map<Integer, List<String>> groups = new TreeMap<>();
        for (String column : columns) {
            int group = ColumnNames.group(source, target, column);
            if (group >= 0) {
                groups.computeIfAbsent(group, any -> new ArrayList<>()).add(column);
            }
        }
        return groups;
    }

    private void matchByName(String target) {
        Map<Integer, List<String>> groups = candidates(source, target, unused());
        List<String> later = new ArrayList<>();
        for (List<String> group : groups.values()) {
            List<String> fitting = group.stream()
                    .filter(column -> fit(target, column) >= MIN_FIT)
                    .toList();
            if (!mapping.has(target) && !fitting.isEmpty() && !isFullerLater(target, fitting, groups)) {
                if (fitting.size() > 1 && !areEqual(fitting)) {
                    mapping.ask(target + " may be " + quoted(fitting) + ": name one of them");
                    return;
                }
                mapping.choose(target, fitting.get(0), describe(target, fitting.get(0), "by its name"));
            } else {
                later.addAll(fitting);
            }
        }
        if (mapping.has(target) && !later.isEmpty() && source.required().contains(target)) {
            String column = String.valueOf(mapping.column(target));
            mapping.choose(target, column, describe(target, column, "by its name; less sure: " + quoted(later)));
        }
        // Most files have ids of something, but not of events.
        if (!mapping.has(target) && !groups.isEmpty() && !target.equals("event_id")) {
            List<String> named = groups.values().stream().flatMap(List::stream).toList();
            if (named.stream().anyMatch(column -> !sample.values(column).isEmpty())) {
                mapping.ask(target + ": " + quoted(named) + " has such a name, but its values do not fit"
                        + shape(named.get(0)));
            }
        }
    }

    /**
     * Whether columns lack values of a required column that one of a later group has: an export may give the time of payment
     * on the first line of an order only.
     */
    private boolean isFullerLater(String target, List<String> fitting, Map<Integer, List<String>> groups) {
        if (!source.required().contains(target) || fitting.stream().anyMatch(this::isFull)) {
            return false;
        }
        return groups.values().stream()
                .flatMap(List::stream)
                .anyMatch(column -> isFull(column) && fit(target, column) >= MIN_FIT);
    }

    private boolean isFull(String column) {
        return sample.values(column).size() >= NEARLY_ALL * sample.rows();
    }

    private String shape(String column) {
        List<String> values = sample.values(column);
        return values.isEmpty() ? "" : ", such as " + ValueShape.of(values.get(0));
    }

    private void matchByValues(String target) {
        DataType type = type(target);
        boolean canBeFound = target.equals("event_type") || type instanceof TimestampType;
        if (!canBeFound) {
            return;
        }
        List<String> fitting = unused().stream()
                .filter(column -> fit(target, column) >= MIN_FIT_OF_UNNAMED)
                .filter(column -> sample.values(column).size() >= MIN_FIT_OF_UNNAMED * sample.rows())
                .toList();
        if (fitting.size() == 1) {
            mapping.choose(target, fitting.get(0), describe(target, fitting.get(0), "by its values alone"));
        } else if (fitting.size() > 1) {
            mapping.ask(target + " may be " + quoted(fitting) + ": name one of them");
        }
    }

    /** Takes the amount of a line as its price where every line counts as one unit. */
    private void matchAmount() {
        List<String> amounts = unused().stream()
                .filter(column -> AMOUNTS.contains(ColumnNames.key(column)))
                .filter(column -> fit("unit_price", column) >= MIN_FIT)
                .toList();
        if (amounts.isEmpty()) {
            return;
        }
        boolean isOneUnit = !mapping.has("quantity")
                || sample.values(String.valueOf(mapping.column("quantity"))).stream()
                        .allMatch(value -> value.matches("1([.,]0+)?"));
        if (isOneUnit && amounts.size() == 1) {
            mapping.choose(
                    "unit_price",
                    amounts.get(0),
                    describe("unit_price", amounts.get(0), "the amount of a line, each of which is one unit"));
        } else {
            mapping.ask("unit_price: " + quoted(amounts)
                    + " may be amounts of lines of several units; unit_price is per unit");
        }
    }

    /** Fraction of the values of a column that one of ours could have. */
    double fit(String target, String column) {
        List<String> values = sample.values(column);
        if (values.isEmpty()) {
            return 0;
        }
        DataType type = type(target);
        if (type instanceof TimestampType || type instanceof DateType) {
            DateGuess guess = DateGuess.of(values, defaults.dates());
            boolean looksLikeNumber =
                    guess.added().contains("excel-serial") || guess.added().contains("yyyyMMdd");
            boolean isNamed = ColumnNames.group(source, target, column) >= 0;
            return looksLikeNumber && !isNamed ? 0 : guess.rate();
        }
        if (source.words().containsKey(target)) {
            return new HashSet<>(values).size() > MAX_WORDS
                    ? 0
                    : WordGuess.of(target, values, reader).rate();
        }
        if (type instanceof DecimalType || type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType)) {
            return target.equals("birth_year")
                    ? fractionOfYears(values)
                    : NumberGuess.of(values, defaults.numbers(), defaults.currency(), null)
                            .rate();
        }
        boolean identifies = source == Source.EVENTS ? target.equals("event_id") : isKey(target);
        return identifies && distinctRate(column) < MIN_DISTINCT ? 0 : 1;
    }

    private static double fractionOfYears(List<String> values) {
        return (double) values.stream()
                        .filter(value -> value.matches("\\d{4}(\\.0+)?"))
                        .mapToInt(value -> Integer.parseInt(value.substring(0, 4)))
                        .filter(year -> year >= MIN_YEAR && year <= MAX_YEAR)
                        .count()
                / values.size();
    }

    private boolean isKey(String target) {
        return (source == Source.USERS && target.equals("user_id"))
                || (source == Source.PRODUCTS && target.equals("product_id"))
                || (source == Source.ASSETS && target.equals("asset_id"));
    }

    /** Different values per value. A key may repeat, because profiles are exported again. */
    private double distinctRate(String column) {
        List<String> values = sample.values(column);
        double rate = (double) new HashSet<>(values).size() / values.size();
        return source == Source.EVENTS ? rate : Math.min(1, 2 * rate);
    }

    private boolean areEqual(List<String> columns) {
        return IntStream.range(0, sample.rows())
                .allMatch(i -> columns.stream()
                                .map(sample.row(i))
                                .map(String::valueOf)
                                .distinct()
                                .count()
                        == 1);
    }

    private List<String> unused() {
        Set<String> used = mapping.used();
        return sample.columns().stream()
                .filter(column -> !used.contains(column))
                .toList();
    }

    private DataType type(String target) {
        return source.table().column(target).dataType();
    }

    private String describe(String target, String column, String how) {
        return how + "; " + describeValues(target, column);
    }

    /** How many rows have a value, and an example that names no person. */
    String describeValues(String target, String column) {
        List<String> values = sample.values(column);
        String example = "";
        boolean isPublic = !(type(target) instanceof org.apache.spark.sql.types.StringType)
                || source.words().containsKey(target)
                || Set.of("product_id", "order_id", "category", "brand", "channel")
                        .contains(target);
        if (!values.isEmpty()) {
            String shown = isPublic ? values.get(0) : Source.isId(target) ? ValueShape.of(values.get(0)) : "";
            example = shown.isEmpty() ? "" : (isPublic ? ", such as " : " of the form ") + shown;
        }
        return String.format(Locale.ROOT, "%,d of %,d rows have a value%s", values.size(), sample.rows(), example);
    }

    static String quoted(List<String> columns) {
        return String.join(
                ", ", columns.stream().map(column -> "\"" + column + "\"").toList());
    }
}
