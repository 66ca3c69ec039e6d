package koc.portraits.fit;

import com.typesafe.config.Config;
import koc.config.ConfigFingerprint;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * The settings that shape a fitted model, from {@code koc.portraits}. When one of them changes, a new model is fitted.
 *
 * @param minPortraits smallest number of portraits tried, newcomers not counted
 * @param maxPortraits largest number of portraits tried
 * @param sampleUsers maximum number of users that the model is fitted on
 * @param bootstrapUsers maximum number of users in a bootstrap refit
 * @param silhouetteUsers maximum number of users in the silhouette
 * @param restarts starts of k-means, of which the best is kept
 * @param bootstraps bootstrap refits for each number of portraits
 * @param bootstrapRestarts starts of k-means in each bootstrap refit, of which the best is kept
 * @param minUserFraction minimum fraction of users in a portrait
 * @param minStability minimum stability of a portrait
 * @param categories maximum number of categories that the model distinguishes, the most popular first
 * @param categoryShrinkage prior weight of the population's category fractions, in purchases
 * @param weights weight of each block of inputs
 * @param votes weight of each vote on the number of portraits
 * @param productGroups how products are grouped
 * @param categoryDepth levels of a category path, from {@code koc.features}
 * @param interestWeight weight of a sign of interest, from {@code koc.features}
 * @param newcomerActions actions below which a user is a newcomer, from {@code koc.features}
 * @param seed seed of every random choice
 */
@Key("koc.portraits")
public record ModelSettings(
        @Range(min = 1, max = 50) int minPortraits,
        @Range(min = 1, max = 50) int maxPortraits,
        @Range(min = 100, max = 200_000) int sampleUsers,
        @Range(min = 100, max = 20_000) int bootstrapUsers,
        @Range(min = 100, max = 5_000) int silhouetteUsers,
        @Range(min = 1, max = 100) int restarts,
        @Range(min = 2, max = 200) int bootstraps,
        @Range(min = 1, max = 100) int bootstrapRestarts,
        @Range(min = 0, max = 0.5) double minUserFraction,
        @Range(min = 0, max = 1) double minStability,
        @Range(min = 1, max = 500) int categories,
        @Range(min = 0, max = 1_000) double categoryShrinkage,
        Weights weights,
        Votes votes,
        ProductGrouping productGroups,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.features.interest-weight") @Range(min = 0, max = 1)
        double interestWeight,

        @Key("koc.features.newcomer-actions") @Range(min = 0, max = 1_000)
        int newcomerActions,

        @Key("koc.seed") long seed) {

    /** Every key that {@link #from} reads; a test compares the two lists. */
    private static final String[] KEYS = {
        "koc.portraits.min-portraits",
        "koc.portraits.max-portraits",
        "koc.portraits.sample-users",
        "koc.portraits.bootstrap-users",
        "koc.portraits.silhouette-users",
        "koc.portraits.restarts",
        "koc.portraits.bootstraps",
        "koc.portraits.bootstrap-restarts",
        "koc.portraits.min-user-fraction",
        "koc.portraits.min-stability",
        "koc.portraits.categories",
        "koc.portraits.category-shrinkage",
        "koc.portraits.weights",
        "koc.portraits.votes",
        "koc.portraits.product-groups",
        "koc.features.category-depth",
        "koc.features.interest-weight",
        "koc.features.newcomer-actions",
        "koc.seed"
    };

    /** Weight of each block of inputs in squared distances, relative to the other blocks. */
    public record Weights(
            @Range(min = 0, max = 100) double categories,
            @Range(min = 0, max = 100) double value,
            @Range(min = 0, max = 100) double habits,
            @Range(min = 0, max = 100) double social) {}

    /** Weight of each vote on the number of portraits. */
    public record Votes(
            @Range(min = 0, max = 100) double stability,
            @Range(min = 0, max = 100) double silhouette,
            @Range(min = 0, max = 100) double predictiveGain) {}

    /**
     * How products are grouped by who buys them.
     *
     * @param products maximum number of products, the most popular first
     * @param factors dimensions in which products are compared
     * @param groups maximum number of groups
     */
    public record ProductGrouping(
            @Range(min = 0, max = 20_000) int products,
            @Range(min = 2, max = 100) int factors,
            @Range(min = 2, max = 200) int groups) {}

    public ModelSettings {
        if (minPortraits > maxPortraits) {
            throw KocException.usage(
                    "configuration koc.portraits.min-portraits: found " + minPortraits,
                    "expected at most koc.portraits.max-portraits, which is " + maxPortraits,
                    "correct one of them");
        }
    }

    /** These settings as text. A model stores it, and a later run compares it with its own settings. */
    public static String asJson(Config config) {
        return ConfigFingerprint.render(config, KEYS);
    }

    public static ModelSettings from(Config config) {
        return SettingsBinder.bind(config, ModelSettings.class);
    }
}
