package koc.kocs;

import com.typesafe.config.Config;
import java.util.List;
import java.util.function.ToDoubleFunction;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;

/**
 * The thresholds of the levels in one version; {@code koc.kocs.levels} in conf/reference.conf says what each key
 * means.
 *
 * @param version name of the thresholds
 * @param windowDays days that sales, new customers and activity are counted over: 30 or 90
 * @param retentionFraction share of its thresholds that a KOC needs to keep a level
 * @param assessmentDays days a level is held before it is assessed
 * @param graceDays days to reach the thresholds again
 * @param trialDays days in which an external trainee has to reach bronze
 * @param readmitDays days after which a revoked KOC may begin again
 * @param recruitment what is needed to begin
 * @param bronze thresholds of the lowest of these levels; no level has a threshold below that of the level before it
 * @param silver thresholds of the next level
 * @param gold thresholds of the next level
 * @param partner thresholds of the highest level
 * @param minPool members a user's pool needs to be a KOC's, from {@code koc.recommend}
 */
@Key("koc.kocs.levels")
record LevelSettings(
        String version,
        @Range(min = 30, max = 90) int windowDays,
        @Range(min = 0, max = 1) double retentionFraction,
        @Range(min = 0, max = 3650) int assessmentDays,
        @Range(min = 0, max = 3650) int graceDays,
        @Range(min = 0, max = 3650) int trialDays,
        @Range(min = 0, max = 36_500) int readmitDays,
        Recruitments recruitment,
        Threshold bronze,
        Threshold silver,
        Threshold gold,
        Threshold partner,

        @Key("koc.recommend.min-pool") @Range(min = 1, max = 100_000)
        int minPool) {
    static final String PATH = "koc.kocs.levels";

    /** What is asked at the beginning: of employees and guides, of users, and of external KOCs. */
    record Recruitments(Recruitment staff, Recruitment user, Recruitment external) {}

    /**
     * What is asked of a KOC at the beginning.
     *
     * @param pool users with an open tie
     * @param orders own orders in 365 days
     * @param activeDays days of the window on which it shared, posted or answered
     * @param tenureDays days since it is known
     */
    record Recruitment(
            @Range(min = 0, max = 1_000_000) int pool,
            @Range(min = 0, max = 1_000_000) int orders,
            @Range(min = 0, max = 90) int activeDays,
            @Range(min = 0, max = 36_500) int tenureDays) {
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
    record Threshold(
            @Range(min = 0, max = 1e12) double netSales,
            @Range(min = 0, max = 1_000_000) int newCustomers,
            @Range(min = 0, max = 90) int activeDays,
            @Range(min = 0, max = 1_000) int courses) {}

    LevelSettings {
        if (version.isBlank()) {
            throw wrong("version", "'" + version + "'", "a name for these thresholds, such as 2024-1");
        }
        if (windowDays != 30 && windowDays != 90) {
            throw wrong("window-days", windowDays, "30 or 90");
        }
        List<Threshold> thresholds = List.of(bronze, silver, gold, partner);
        for (int i = 1; i < thresholds.size(); i++) {
            requireRising(thresholds, i, "net-sales", Threshold::netSales);
            requireRising(thresholds, i, "new-customers", Threshold::newCustomers);
            requireRising(thresholds, i, "active-days", Threshold::activeDays);
            requireRising(thresholds, i, "courses", Threshold::courses);
        }
    }

    static LevelSettings from(Config config) {
        return SettingsBinder.bind(config, LevelSettings.class);
    }

    /** What an employee or guide needs to begin: a pool in any case. */
    Recruitment staff() {
        return recruitment.staff().ofAtLeast(KocEligibility.requiredMembers(KocType.GUIDE, minPool));
    }

    /** What a user needs to begin: the pool of a KOC in any case. */
    Recruitment user() {
        return recruitment.user().ofAtLeast(KocEligibility.requiredMembers(KocType.USER, minPool));
    }

    /** What an external KOC needs to begin: the pool of a KOC in any case. */
    Recruitment external() {
        return recruitment.external().ofAtLeast(KocEligibility.requiredMembers(KocType.EXTERNAL, minPool));
    }

    /** Thresholds of the levels that are {@link KocLevels#ASSESSED}. */
    List<Threshold> thresholds() {
        return List.of(bronze, silver, gold, partner);
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
