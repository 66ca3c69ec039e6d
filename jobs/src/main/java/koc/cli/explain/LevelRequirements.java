package koc.cli.explain;

import java.util.ArrayList;
import java.util.List;
import koc.kocs.levels.LevelSettings;
import koc.kocs.levels.LevelSettings.Recruitment;
import koc.kocs.levels.LevelSettings.Threshold;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/** What the next level requires of a KOC, and what of it is there. */
final class LevelRequirements {
    /** Half of the last decimal of koc_lifecycle.progress. */
    private static final double ROUNDED = 5e-7;

    private final LevelSettings settings;

    LevelRequirements(LevelSettings settings) {
        this.settings = settings;
    }

    /**
     * One requirement.
     *
     * @param actual the KOC's value; null if no source records it, and then it is not required
     * @param source column of the value
     * @param key of the required value, which may be raised by koc.recommend.min-pool
     */
    record Requirement(String column, @Nullable Double actual, double required, String source, String key) {
        boolean isRequired() {
            return actual != null && required > 0;
        }

        boolean isMet() {
            return actual == null || actual >= required;
        }
    }

    /** The requirements of a level; none for recruit and revoked. */
    List<Requirement> of(String level, StoredRow ranking) {
        int index = KocLevels.NAMES.indexOf(level);
        if (index >= KocLevels.BRONZE_INDEX) {
            Threshold threshold = settings.thresholds().get(index - KocLevels.BRONZE_INDEX);
            String section = LevelSettings.PATH + "." + level + ".";
            return List.of(
                    require(ranking, inWindow("net_sales"), threshold.netSales(), section + "net-sales"),
                    require(ranking, inWindow("new_customers"), threshold.newCustomers(), section + "new-customers"),
                    require(ranking, inWindow("active_days"), threshold.activeDays(), section + "active-days"),
                    require(ranking, "courses_365d", threshold.courses(), section + "courses"));
        }
        return index == KocLevels.TRAINEE_INDEX ? recruitment(ranking) : List.of();
    }

    private List<Requirement> recruitment(StoredRow ranking) {
        String type = ranking.text("koc_type");
        boolean isStaff = type.equals(KocType.EMPLOYEE.code()) || type.equals(KocType.GUIDE.code());
        boolean isExternal = type.equals(KocType.EXTERNAL.code());
        Recruitment required = isStaff ? settings.staff() : isExternal ? settings.external() : settings.user();
        String section =
                LevelSettings.PATH + ".recruitment." + (isStaff ? "staff" : isExternal ? "external" : "user") + ".";
        return List.of(
                require(ranking, "pool_size", required.pool(), section + "pool"),
                require(ranking, "own_orders_365d", required.orders(), section + "orders"),
                require(ranking, inWindow("active_days"), required.activeDays(), section + "active-days"),
                require(ranking, "tenure_days", required.tenureDays(), section + "tenure-days"));
    }

    private String inWindow(String measure) {
        return measure + "_" + settings.windowDays() + "d";
    }

    private static Requirement require(StoredRow ranking, String column, double required, String key) {
        return new Requirement(column, ranking.number(column), required, ranking.source(column), key);
    }

    /** Each requirement with the value it needs, and whether it is met. */
    List<Entry> entries(List<Requirement> requirements) {
        List<Entry> entries = new ArrayList<>();
        for (Requirement requirement : requirements) {
            if (requirement.isRequired()) {
                entries.add(new Entry.Value(requirement.column(), requirement.actual(), requirement.source()));
                entries.add(new Entry.Value(
                        "  required (" + (requirement.isMet() ? "met" : "missing") + ")",
                        requirement.required(),
                        requirement.key()));
            }
        }
        return entries;
    }

    /** Progress towards the next level: the mean of actual / required value, each at most 1; 1 without requirements. */
    Entry.Check progress(List<Requirement> requirements, StoredRow lifecycle) {
        double mean = requirements.stream()
                .filter(Requirement::isRequired)
                .mapToDouble(requirement -> quotient(requirement.actual(), requirement.required()))
                .average()
                .orElse(1);
        return Entry.Check.of(
                        lifecycle, "progress", "mean over the requirements of actual / required, each at most 1", mean)
                .rounded(ROUNDED);
    }

    private static double quotient(@Nullable Double actual, double required) {
        return actual == null ? 0 : Numbers.fraction(actual / required);
    }
}
