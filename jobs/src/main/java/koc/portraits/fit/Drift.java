package koc.portraits.fit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import koc.portraits.assign.PortraitStatistics;
import koc.tables.PortraitTables;

/**
 * How far users have drifted since the day of the fit. Newcomers are left out, because their number rises and falls with
 * the growth of a brand.
 *
 * @param populationStabilityIndex sum over portraits of (p - q) x ln(p / q). A portrait has the fraction p of the users
 *     today and had q on the day of the fit. Worked: fractions .6 and .4 that were .5 and .5 give .1 ln 1.2 - .1 ln .8 =
 *     .041. Below .1 little has changed, above .25 much has (Siddiqi 2006, Credit Risk Scorecards). The value that chance
 *     alone gives is subtracted, down to 0: (portraits - 1) x (1 / users today + 1 / users then) on average (Yurdakul and
 *     Naranjo 2020)
 * @param distanceRatio mean distance of users to the centre of their portrait, over the same mean on the day of the fit: 1
 *     means unchanged, more means that the centres describe users less well
 */
public record Drift(double populationStabilityIndex, double distanceRatio) {
    /** Users added to each portrait, so that the logarithm stays finite when a portrait has become empty. */
    private static final double CONTINUITY_CORRECTION = 0.5;

    /** Compares two days under one model. */
    public static Drift between(List<PortraitStatistics> atFit, List<PortraitStatistics> today) {
        Map<String, PortraitStatistics> then = withoutNewcomers(atFit);
        Map<String, PortraitStatistics> now = withoutNewcomers(today);
        double usersThen = users(then);
        double usersNow = users(now);
        if (usersThen == 0 || usersNow == 0) {
            return new Drift(0, 1);
        }
        double index = 0;
        for (String portrait : then.keySet()) {
            double q = fraction(then, portrait, usersThen, then.size());
            double p = fraction(now, portrait, usersNow, then.size());
            index += (p - q) * Math.log(p / q);
        }
        double byChance = (then.size() - 1) * (1 / usersThen + 1 / usersNow);
        double distanceThen = sumOfDistances(then) / usersThen;
        return new Drift(
                Math.max(0, index - byChance), distanceThen == 0 ? 1 : sumOfDistances(now) / usersNow / distanceThen);
    }

    private static Map<String, PortraitStatistics> withoutNewcomers(List<PortraitStatistics> statistics) {
        return statistics.stream()
                .filter(portrait -> !portrait.portraitId().equals(PortraitTables.NEWCOMERS))
                .collect(Collectors.toMap(PortraitStatistics::portraitId, portrait -> portrait));
    }

    private static double users(Map<String, PortraitStatistics> statistics) {
        return statistics.values().stream()
                .mapToDouble(PortraitStatistics::users)
                .sum();
    }

    private static double sumOfDistances(Map<String, PortraitStatistics> statistics) {
        return statistics.values().stream()
                .mapToDouble(portrait -> portrait.users() * portrait.meanDistance())
                .sum();
    }

    private static double fraction(
            Map<String, PortraitStatistics> statistics, String portrait, double users, int portraits) {
        double inPortrait = statistics.containsKey(portrait)
                ? Objects.requireNonNull(statistics.get(portrait)).users()
                : 0;
        return (inPortrait + CONTINUITY_CORRECTION) / (users + CONTINUITY_CORRECTION * portraits);
    }
}
