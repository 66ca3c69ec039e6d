package koc.kocs;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import koc.config.Section;
import koc.error.KocException;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;

/**
 * The thresholds of the levels in one version; {@code koc.influence.levels} in conf/reference.conf says what each key
 * means.
 *
 * @param version name of the thresholds
 * @param windowDays days that sales, new customers and activity are counted over: 30 or 90
 * @param keepShare share of its thresholds that a KOC needs to keep a level
 * @param assessmentDays days a level is held before it is assessed
 * @param graceDays days to reach the thresholds again
 * @param trialDays days in which an external trainee has to reach bronze
 * @param readmitDays days after which a revoked KOC may begin again
 * @param staff what an employee or guide needs to begin
 * @param user what a user needs to begin
 * @param external what an external KOC needs to begin
 * @param thresholds of bronze, silver, gold and partner, none below the one before it
 */
record LevelSettings(
        String version,
        int windowDays,
        double keepShare,
        int assessmentDays,
        int graceDays,
        int trialDays,
        int readmitDays,
        Recruitment staff,
        Recruitment user,
        Recruitment external,
        List<Threshold> thresholds) {
    static final String PATH = "koc.influence.levels";
    private static final int MOST = 1_000_000;

    /**
     * What is asked of a KOC at the beginning.
     *
     * @param pool users with an open tie
     * @param orders own orders in 365 days
     * @param activeDays days of the window on which it shared, posted or answered
     * @param tenureDays days since it is known
     */
    record Recruitment(int pool, int orders, int activeDays, int tenureDays) {
        /** The same, for those who are ranked only with so large a pool. */
        Recruitment ofAtLeast(int minPool) {
            return new Recruitment(Math.max(pool, minPool), orders, activeDays, tenureDays);
        }
    }

    /**
     * What is asked at a level.
     *
     * @param netSales money credited over the window, net of refunds
     * @param newCustomers over the window
     * @param activeDays of the window
     * @param courses trainings in 365 days
     */
    record Threshold(double netSales, int newCustomers, int activeDays, int courses) {}

    LevelSettings {
        thresholds = List.copyOf(thresholds);
        if (version.isBlank()) {
            throw wrong("version", "'" + version + "'", "a name for these thresholds, such as 2024-1");
        }
        if (windowDays != 30 && windowDays != 90) {
            throw wrong("window-days", windowDays, "30 or 90");
        }
        for (int i = 1; i < thresholds.size(); i++) {
            requireRising(thresholds, i, "net-sales", Threshold::netSales);
            requireRising(thresholds, i, "new-customers", Threshold::newCustomers);
            requireRising(thresholds, i, "active-days", Threshold::activeDays);
            requireRising(thresholds, i, "courses", Threshold::courses);
        }
    }

    static LevelSettings from(Config config) {
        Section levels = Section.of(config, PATH);
        int minPool = Section.of(config, "koc.recommend").whole("min-pool", 1, 100_000);
        List<Threshold> thresholds = new ArrayList<>();
        for (String level : KocLevels.ASSESSED) {
            thresholds.add(new Threshold(
                    levels.number(level + ".net-sales", 0, 1e12),
                    levels.whole(level + ".new-customers", 0, MOST),
                    levels.whole(level + ".active-days", 0, 90),
                    levels.whole(level + ".courses", 0, 1000)));
        }
        return new LevelSettings(
                levels.text("version"),
                levels.whole("window-days", 30, 90),
                levels.number("keep-share", 0, 1),
                levels.whole("assessment-days", 0, 3650),
                levels.whole("grace-days", 0, 3650),
                levels.whole("trial-days", 0, 3650),
                levels.whole("readmit-days", 0, 36_500),
                recruitment(levels, "staff").ofAtLeast(KocEligibility.requiredMembers(KocType.GUIDE, minPool)),
                recruitment(levels, "user").ofAtLeast(KocEligibility.requiredMembers(KocType.USER, minPool)),
                recruitment(levels, "external").ofAtLeast(KocEligibility.requiredMembers(KocType.EXTERNAL, minPool)),
                thresholds);
    }

    private static Recruitment recruitment(Section levels, String kind) {
        String path = "recruitment." + kind + ".";
        return new Recruitment(
                levels.whole(path + "pool", 0, MOST),
                levels.whole(path + "orders", 0, MOST),
                levels.whole(path + "active-days", 0, 90),
                levels.whole(path + "tenure-days", 0, 36_500));
    }

    /** What is needed at a level is needed at the next: else a KOC could fall by rising. */
    private static void requireRising(
            List<Threshold> thresholds, int level, String key, ToDoubleFunction<Threshold> value) {
        double below = value.applyAsDouble(thresholds.get(level - 1));
        double found = value.applyAsDouble(thresholds.get(level));
        if (found < below) {
            throw wrong(
                    KocLevels.ASSESSED.get(level) + "." + key,
                    plain(found),
                    "at least " + plain(below) + ", as " + KocLevels.ASSESSED.get(level - 1) + " has");
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static KocException wrong(String key, Object found, String expected) {
        return KocException.usage(
                "configuration " + PATH + "." + key + ": found " + found,
                "expected " + expected,
                "correct it in the file that has it, or in --set");
    }
}
