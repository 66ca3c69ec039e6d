package koc.portraits;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import koc.tables.PortraitTables;

/**
 * How far users have drifted from the day of the fit; newcomers are left out, of whom there are more and less as a brand
 * grows.
 *
 * @param shares population stability index of the portraits' shares of users: the sum of (p - q) x ln(p / q) with the
 *     shares p today and q at the fit, less what chance alone gives, at least 0. Shares .6 and .4 that were .5 and .5:
 *     .1 ln 1.2 - .1 ln .8 = .041. Below .1 little has moved, above .25 much (Siddiqi 2006, Credit Risk Scorecards).
 *     By chance it is (portraits - 1) x (1 / users today + 1 / users then) on average (Yurdakul and Naranjo 2020)
 * @param distance mean distance of users to their own centre over the same at the fit: 1 as then, more when users have
 *     become unlike the centres
 */
record Drift(double shares, double distance) {
    /** Keeps the logarithm finite for a portrait that has emptied: so many users are added to each. */
    private static final double HALF = 0.5;

    /** The drift between two days under one model. */
    static Drift between(List<Standing> fit, List<Standing> today) {
        Map<String, Standing> then = settled(fit);
        Map<String, Standing> now = settled(today);
        double usersThen = users(then);
        double usersNow = users(now);
        if (usersThen == 0 || usersNow == 0) {
            return new Drift(0, 1);
        }
        double index = 0;
        for (String portrait : then.keySet()) {
            double q = share(then, portrait, usersThen, then.size());
            double p = share(now, portrait, usersNow, then.size());
            index += (p - q) * Math.log(p / q);
        }
        double byChance = (then.size() - 1) * (1 / usersThen + 1 / usersNow);
        double distanceThen = distance(then) / usersThen;
        return new Drift(
                Math.max(0, index - byChance), distanceThen == 0 ? 1 : distance(now) / usersNow / distanceThen);
    }

    private static Map<String, Standing> settled(List<Standing> standings) {
        return standings.stream()
                .filter(standing -> !standing.portraitId().equals(PortraitTables.NEWCOMERS))
                .collect(Collectors.toMap(Standing::portraitId, standing -> standing));
    }

    private static double users(Map<String, Standing> standings) {
        return standings.values().stream().mapToDouble(Standing::users).sum();
    }

    private static double distance(Map<String, Standing> standings) {
        return standings.values().stream()
                .mapToDouble(standing -> standing.users() * standing.distance())
                .sum();
    }

    private static double share(Map<String, Standing> standings, String portrait, double users, int portraits) {
        double own = standings.containsKey(portrait)
                ? Objects.requireNonNull(standings.get(portrait)).users()
                : 0;
        return (own + HALF) / (users + HALF * portraits);
    }
}
