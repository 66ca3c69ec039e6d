package koc.cli.explain;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.tables.RunTables;
import koc.text.ShortName;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;
import koc.warehouse.Table;
import org.jspecify.annotations.Nullable;

/** Explains KOCs, recommendations and users of one day from what is stored. */
public final class Explainer {
    /** Differences that the message of a failure has; the explanation has all. */
    private static final int MAX_NAMED = 5;

    private final StoredTables tables;
    private final ExplainSettings settings;

    public Explainer(StoredTables tables, ExplainSettings settings) {
        this.tables = tables;
        this.settings = settings;
    }

    /** Explains the score, level, money and list of a KOC. */
    public Explanation explainKoc(@Nullable LocalDate date, String koc) {
        LocalDate day = day(KocTables.KOC_RANKING, date);
        List<StoredRow> all = tables.read(KocTables.KOC_RANKING, day);
        StoredRow ranking = ranking(all, koc).orElseThrow(() -> unknownKoc(day, koc, all));
        return Explanation.of("KOC " + named(day, koc), day, new KocSections(tables, day, settings, all).of(ranking));
    }

    /** Explains a recommendation; or, for a product that is not on the list of the KOC, why it is not. */
    public Explanation explainRecommendation(@Nullable LocalDate date, String koc, String product) {
        LocalDate day = day(KocTables.KOC_RANKING, date);
        List<StoredRow> profiles = tables.read(FitTables.PRODUCT_PROFILE, day);
        StoredRow profile = profiles.stream()
                .filter(row -> row.text("product_id").equals(product))
                .findFirst()
                .orElseThrow(() -> unknownProduct(day, product, profiles));
        List<StoredRow> list = tables.find(RecommendTables.KOC_RECOMMENDATIONS, day, "koc_id", koc).stream()
                .sorted(Comparator.comparingDouble(row -> row.value("rank")))
                .toList();
        List<StoredRow> all = tables.read(KocTables.KOC_RANKING, day);
        Optional<StoredRow> ranking = ranking(all, koc);
        if (list.isEmpty() && ranking.isEmpty()) {
            throw unknownKoc(day, koc, all);
        }
        ProductSide side = ProductSide.of(tables, day, profile, profiles, settings.recommend());
        List<Section> sections = list.stream()
                .filter(row -> row.text("product_id").equals(product))
                .findFirst()
                .map(row -> new RecommendationSections(tables, day, koc, settings, side)
                        .of(row, list, ranking.stream().toList()))
                .orElseGet(() -> new AbsentProduct(tables, day, side, settings.recommend())
                        .of(koc, list, ranking.stream().toList()));
        return Explanation.of("product " + product + " for KOC " + named(day, koc), day, sections);
    }

    /** Explains the portrait, tags, value and KOCs of a user. */
    public Explanation explainUser(@Nullable LocalDate date, String user) {
        LocalDate day = day(FeatureTables.USER_FEATURES, date);
        StoredRow features = tables.find(FeatureTables.USER_FEATURES, day, "user_id", user).stream()
                .filter(row -> day.equals(row.get("as_of")))
                .findFirst()
                .orElseThrow(() -> unknownUser(day, user));
        return Explanation.of("user " + named(day, user), day, new UserSections(tables, day).of(features));
    }

    /** Computes the numbers of all KOCs and all recommendations of a day again. */
    public Explanation recomputeAll(@Nullable LocalDate date) {
        LocalDate day = day(KocTables.KOC_RANKING, date);
        return new AllScores(tables, day, settings).recompute();
    }

    /** Fails with exit status 4 if a number that was computed again is not the stored one. */
    public void requireEqual(Explanation explanation) {
        List<Entry.Check> differences = explanation.differences();
        if (!differences.isEmpty()) {
            String found = differences.stream()
                    .limit(MAX_NAMED)
                    .map(check -> check.source() + ": computed " + check.recomputed() + ", stored " + check.stored())
                    .collect(Collectors.joining(", "));
            throw KocException.contract(
                    explanation.subject() + ", " + explanation.day() + ": " + differences.size() + " of "
                            + explanation.checks().size() + " numbers differ from the stored ones",
                    found,
                    remedy(explanation.day()));
        }
    }

    private String remedy(LocalDate day) {
        List<StoredRow> done = tables.read(RunTables.RUNS, day, "verdict", "configuration_hash").stream()
                .filter(run -> run.text("verdict").equals("done"))
                .toList();
        boolean isOtherConfiguration = !done.isEmpty()
                && done.stream().noneMatch(run -> run.text("configuration_hash").equals(settings.hash()));
        return isOtherConfiguration
                ? "the run had other settings (hash "
                        + done.get(done.size() - 1).text("configuration_hash") + ", here " + settings.hash()
                        + "): name its --conf and --set"
                : "the tables were written by another version, or changed: run the date again";
    }

    /** The day to explain: the one asked for, else the latest. */
    private LocalDate day(Table table, @Nullable LocalDate date) {
        List<LocalDate> days = tables.days(table);
        if (days.isEmpty()) {
            throw KocException.input(
                    "warehouse " + tables.folder() + ": the table " + table + " has no rows",
                    "no run has reached the job '" + table.job() + "'",
                    "run a date first: koc run --warehouse " + tables.folder() + " --landing DIR --date YYYY-MM-DD");
        }
        if (date != null && !days.contains(date)) {
            throw KocException.input(
                    "table " + table + ": no such day as " + date,
                    "the days are " + days.stream().map(LocalDate::toString).collect(Collectors.joining(", ")),
                    "name one of them with --date, or none for the latest");
        }
        return date == null ? days.get(days.size() - 1) : date;
    }

    /** The id, and the nickname if one is recorded. */
    private String named(LocalDate day, String id) {
        return tables.findUpTo(CleanTables.USERS, day, "user_id", id, "nickname").stream()
                .max(Comparator.comparing(row -> row.text("arrived")))
                .map(row -> ShortName.of(row.text("nickname"), ShortName.MAX_LENGTH))
                .filter(nickname -> !nickname.isEmpty())
                .map(nickname -> id + " (" + nickname + ")")
                .orElse(id);
    }

    private static Optional<StoredRow> ranking(List<StoredRow> all, String koc) {
        return all.stream().filter(row -> row.text("koc_id").equals(koc)).findFirst();
    }

    private KocException unknownKoc(LocalDate day, String koc, List<StoredRow> all) {
        boolean isUser = !tables.find(FeatureTables.USER_FEATURES, day, "user_id", koc, "user_id")
                .isEmpty();
        return KocException.input(
                "KOC " + koc + ": not in koc_ranking of " + day,
                (isUser ? "this user is no KOC; " : "")
                        + IdSearch.nearest(
                                koc, all.stream().map(row -> row.text("koc_id")).toList()),
                isUser ? "explain the user with --user " + koc : "name one of the KOCs with --koc");
    }

    private static KocException unknownProduct(LocalDate day, String product, List<StoredRow> profiles) {
        return KocException.input(
                "product " + product + ": not in product_profile of " + day,
                IdSearch.nearest(
                        product,
                        profiles.stream().map(row -> row.text("product_id")).toList()),
                "name one of the products with --product");
    }

    private KocException unknownUser(LocalDate day, String user) {
        return KocException.input(
                "user " + user + ": not in user_features of " + day,
                IdSearch.nearest(
                        user,
                        tables.read(FeatureTables.USER_FEATURES, day, "user_id").stream()
                                .map(row -> row.text("user_id"))
                                .distinct()
                                .toList()),
                "name one of the users with --user");
    }
}
