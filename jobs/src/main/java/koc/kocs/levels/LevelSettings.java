package koc.kocs.levels;

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
 * One version of the thresholds of the levels. {@code koc.kocs.levels} in conf/reference.conf explains each key.
 *
 * @param version name of the thresholds
 * @param windowDays days over which sales, new customers and activity are counted: 30 or 90
 * @param retentionFraction fraction of the thresholds that a KOC needs to keep a level
 * @param assessmentDays days at a level before it is assessed
 * @param graceDays days to reach the thresholds again
 * @param trialDays days within which an external trainee has to reach bronze
 * @param readmitDays days after which a revoked KOC may start again
 * @param recruitment what a trainee needs
 * @param bronze thresholds of bronze; no level has a threshold below that of the previous level
 * @param silver thresholds of silver
 * @param gold thresholds of gold
 * @param partner thresholds of partner, the highest level
 * @param minPool members that the pool of a user or external KOC needs, from {@code koc.recommend}
 */
@Key("koc.kocs.levels")
public record LevelSettings(
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
    public static final String PATH = "koc.kocs.levels";

    /** What employees and guides, users, and external KOCs need to become trainees. */
    public record Recruitments(Recruitment staff, Recruitment user, Recruitment external) {}

    /**
     * What a KOC needs to become a trainee.
     *
     * @param pool users with an open tie
     * @param orders own orders in 365 days
     * @param activeDays days of the window with a share, post or answer
     * @param tenureDays days since registration or first event
     */
    public record Recruitment(
            @Range(min = 0, max = 1_000_000) int pool,
            @Range(min = 0, max = 1_000_000) int orders,
            @Range(min = 0, max = 90) int activeDays,
            @Range(min = 0, max = 36_500) int tenureDays) {
        /** The same with at least this many members. */
        public Recruitment withMinPool(int minPool) {
            return new Recruitment(Math.max(pool, minPool), orders, activeDays, tenureDays);
        }
    }

    /**
     * What a level requires.
     *
     * @param netSales money credited in the window, net of refunds
     * @param newCustomers users of the window whose first purchase is credited to the KOC
     * @param activeDays days of the window with a share, post or answer
     * @param courses trainings in 365 days
     */
    public record Threshold(
            @Range(min = 0, max = 1e12) double netSales,
            @Range(min = 0, max = 1_000_000) int newCustomers,
            @Range(min = 0, max = 90) int activeDays,
            @Range(min = 0, max = 1_000) int courses) {}

    public LevelSettings {
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

    public static LevelSettings from(Config config) {
        return SettingsBinder.bind(config, LevelSettings.class);
    }

    /** What an employee or guide needs to become a trainee: at least one member. */
    public Recruitment staff() {
        return recruitment.staff().withMinPool(KocEligibility.requiredMembers(KocType.GUIDE, minPool));
    }

    /** What a user needs to become a trainee: at least the pool of a KOC. */
    public Recruitment user() {
        return recruitment.user().withMinPool(KocEligibility.requiredMembers(KocType.USER, minPool));
    }

    /** What an external KOC needs to become a trainee: at least the pool of a KOC. */
    public Recruitment external() {
        return recruitment.external().withMinPool(KocEligibility.requiredMembers(KocType.EXTERNAL, minPool));
    }

    /** The thresholds of {@link KocLevels#ASSESSED}, in their order. */
    public List<Threshold> thresholds() {
        return List.of(bronze, silver, gold, partner);
    }

    /** A level requires at least what the previous level does; otherwise a promoted KOC could be demoted at once. */
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
