package koc.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import koc.cli.Commands;
import org.jspecify.annotations.Nullable;

/**
 * The regimes of {@link RegimesEvaluation}: public data, generated brands, and generated brands from which something is
 * taken away. Generated brands end 28 days after the cutoff and have at most 60,000 events.
 *
 * @param referenceData the folder with lastfm and online_retail; null for generated brands only
 */
record Regimes(@Nullable Path referenceData) {
    static final int HORIZON_DAYS = 28;

    /** The four weeks up to it have no promotion. */
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 14);
    /** The generator has a promotion from 16 to 18 June. */
    private static final LocalDate LAST_DAY_WITH_PROMOTION = LocalDate.of(2024, 6, 30);

    private static final LocalDate CUTOFF = LAST_DAY.minusDays(HORIZON_DAYS);
    private static final int SHORT_HISTORY_DAYS = 13;
    /** How much faster the calendar of fast-moving goods runs. */
    private static final int SPEED = 5;

    private static final String PURCHASE = "purchase";
    private static final String OPEN = "share_open";
    private static final Set<String> CATEGORY_COLUMNS = Set.of("category", "audience_tags");
    private static final Set<String> OPTIONAL_COLUMNS =
            Set.of("price", "unit_cost", "launched_on", "use_cycle_days", "brand_tier", "since", "registered_at");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

    /** All regimes whose data are there. */
    List<Regime> all() {
        List<Regime> regimes = new ArrayList<>(generated());
        regimes.addAll(takenAway());
        if (has("lastfm")) {
            regimes.add(new Regime(
                    "lastfm",
                    "public data: 1,892 users, friends as pools",
                    LastFmLanding.CUTOFF,
                    PURCHASE,
                    (landing, seed) -> lastFm(landing)));
            regimes.add(new Regime(
                    "lastfm-sparse",
                    "LastFM with 12% of its events, without categories",
                    LastFmLanding.CUTOFF,
                    PURCHASE,
                    (landing, seed) -> {
                        lastFm(landing);
                        change(landing, "events", events -> thin(events, .12, seed));
                        change(landing, "products", products -> products.without(CATEGORY_COLUMNS));
                    }));
        }
        if (has("online_retail") || has("online_retail.tgz")) {
            regimes.add(new Regime(
                    "online-retail",
                    "public data: countries as pools, a twelfth of the British customers",
                    OnlineRetailPools.CUTOFF,
                    PURCHASE,
                    (landing, seed) -> OnlineRetailPools.write(reference(), landing)));
        }
        return List.copyOf(regimes);
    }

    /** What is missing for regimes on public data. */
    List<String> absent() {
        List<String> absent = new ArrayList<>();
        if (!has("lastfm")) {
            absent.add("lastfm");
        }
        if (!has("online_retail") && !has("online_retail.tgz")) {
            absent.add("online_retail");
        }
        return absent;
    }

    private static List<Regime> generated() {
        return List.of(
                brand("generated", "as the generator makes it", (landing, seed) -> generate(landing, seed, LAST_DAY)),
                brand("hidden-taste", "friends like the same things", Regimes::hiddenTaste),
                brand(
                        "fakes",
                        "hidden taste, and accounts that only look influential",
                        (landing, seed) -> generate(landing, seed, LAST_DAY, "--hidden-taste", "1", "--fakes")),
                new Regime(
                        "promotion",
                        "hidden taste, a promotion of three days in the horizon",
                        LAST_DAY_WITH_PROMOTION.minusDays(HORIZON_DAYS),
                        PURCHASE,
                        (landing, seed) -> generate(landing, seed, LAST_DAY_WITH_PROMOTION, "--hidden-taste", "1")),
                brand(
                        "sparse",
                        "2,500 products, 1,500 users, six events a user",
                        (landing, seed) -> generate(
                                landing,
                                seed,
                                LAST_DAY,
                                "--hidden-taste",
                                "1",
                                "--users",
                                "1500",
                                "--products",
                                "2500",
                                "--kocs",
                                "80",
                                "--events",
                                "9000")),
                brand(
                        "fast-moving",
                        "use cycles and history five times as short, 100 events a user",
                        (landing, seed) -> {
                            generate(
                                    landing,
                                    seed,
                                    LAST_DAY,
                                    "--hidden-taste",
                                    "1",
                                    "--users",
                                    "600",
                                    "--kocs",
                                    "40",
                                    "--events",
                                    "60000",
                                    "--days",
                                    "740");
                            for (String source : List.of("events", "users", "products", "ties", "costs")) {
                                change(landing, source, Regimes::accelerated);
                            }
                        }));
    }

    private static List<Regime> takenAway() {
        return List.of(
                thinned("thin-50", .5),
                thinned("thin-12", .12),
                thinned("thin-3", .03),
                brand("no-categories", "no categories and no tags of products", (landing, seed) -> {
                    hiddenTaste(landing, seed);
                    change(landing, "products", products -> products.without(CATEGORY_COLUMNS));
                }),
                brand(
                        "no-optional-columns",
                        "no prices of products, and no dates of users, ties and products",
                        (landing, seed) -> {
                            hiddenTaste(landing, seed);
                            for (String source : List.of("events", "users", "products", "ties")) {
                                change(landing, source, table -> table.without(OPTIONAL_COLUMNS));
                            }
                        }),
                new Regime("opens-only", "only shares and their opens", CUTOFF, OPEN, (landing, seed) -> {
                    hiddenTaste(landing, seed);
                    change(
                            landing,
                            "events",
                            events ->
                                    events.where(row -> cell(row, "event_type").startsWith("share")));
                }),
                brand("13-days", "13 days of history", (landing, seed) -> {
                    hiddenTaste(landing, seed);
                    String from = CUTOFF.minusDays(SHORT_HISTORY_DAYS - 1).toString();
                    change(
                            landing,
                            "events",
                            events ->
                                    events.where(row -> cell(row, "occurred_at").compareTo(from) >= 0));
                }),
                brand("mega-product", "half of all purchases are of one product", (landing, seed) -> {
                    hiddenTaste(landing, seed);
                    String mega = cell(CsvTable.read(landing, "products").rows().get(0), "product_id");
                    change(
                            landing,
                            "events",
                            events -> events.map((row, column) -> column.equals("product_id")
                                            && cell(row, "event_type").equals(PURCHASE)
                                            && chance(row, seed) < .5
                                    ? mega
                                    : cell(row, column)));
                }),
                new Regime(
                        "repeated-opens",
                        "13 days of opens, no categories; KOCs repeat what they share",
                        CUTOFF,
                        OPEN,
                        (landing, seed) -> OpensOnlyLanding.write(
                                landing,
                                CUTOFF.minusDays(SHORT_HISTORY_DAYS - 1),
                                SHORT_HISTORY_DAYS + HORIZON_DAYS / 2,
                                seed)));
    }

    private static Regime brand(String name, String description, Regime.Writer landing) {
        return new Regime(name, description, CUTOFF, PURCHASE, landing);
    }

    private static Regime thinned(String name, double fraction) {
        return brand(
                name,
                String.format(Locale.ROOT, "hidden taste, %.0f%% of the events", 100 * fraction),
                (landing, seed) -> {
                    hiddenTaste(landing, seed);
                    change(landing, "events", events -> thin(events, fraction, seed));
                });
    }

    private static void hiddenTaste(Path landing, int seed) {
        generate(landing, seed, LAST_DAY, "--hidden-taste", "1");
    }

    /** A brand of the generator; later options replace the usual sizes. */
    private static void generate(Path landing, int seed, LocalDate lastDay, String... options) {
        Map<String, String> values = new HashMap<>(
                Map.of("--users", "1200", "--products", "240", "--kocs", "60", "--events", "40000", "--days", "148"));
        List<String> command = new ArrayList<>(List.of(
                "generate",
                "--out",
                landing.toString(),
                "--seed",
                String.valueOf(seed),
                "--end-date",
                lastDay.toString(),
                "--dirt",
                "0"));
        for (int i = 0; i < options.length; i++) {
            if (values.containsKey(options[i]) || options[i].equals("--hidden-taste")) {
                values.put(options[i], options[i + 1]);
                i++;
            } else {
                command.add(options[i]);
            }
        }
        values.forEach((name, value) -> command.addAll(List.of(name, value)));
        Commands.runSilently(command.toArray(String[]::new));
        // Stock is that of the last day: as of the cutoff it would be knowledge of the future.
        change(landing, "products", products -> products.without(Set.of("stock")));
    }

    private static void change(Path landing, String source, UnaryOperator<CsvTable> change) {
        change.apply(CsvTable.read(landing, source)).write(landing, source);
    }

    private static CsvTable thin(CsvTable events, double fraction, int seed) {
        return events.where(event -> chance(event, seed) < fraction);
    }

    /** A number from 0 to 1 that depends on the event and the seed only. */
    private static double chance(Map<String, String> event, int seed) {
        return new SplittableRandom(cell(event, "event_id").hashCode() * 31L + seed).nextDouble();
    }

    /** All days nearer to the last day, and use cycles shorter. */
    private static CsvTable accelerated(CsvTable table) {
        return table.map((row, column) -> {
            String cell = cell(row, column);
            if (column.equals("use_cycle_days") && !cell.isEmpty()) {
                return String.valueOf(Math.max(2, Integer.parseInt(cell) / SPEED));
            }
            if (TIME.matcher(cell).matches()) {
                LocalDateTime end = LAST_DAY.plusDays(1).atStartOfDay();
                long seconds = Duration.between(LocalDateTime.parse(cell), end).toSeconds();
                return end.minusSeconds(1 + seconds / SPEED).toString();
            }
            return DAY.matcher(cell).matches()
                    ? LAST_DAY.minusDays((LAST_DAY.toEpochDay()
                                            - LocalDate.parse(cell).toEpochDay())
                                    / SPEED)
                            .toString()
                    : cell;
        });
    }

    private static String cell(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    private void lastFm(Path landing) {
        LastFmLanding.write(reference().resolve("lastfm"), landing);
    }

    private boolean has(String name) {
        return referenceData != null && Files.exists(referenceData.resolve(name));
    }

    private Path reference() {
        if (referenceData == null) {
            throw new IllegalStateException("no reference data");
        }
        return referenceData;
    }
}
