package koc.kocs;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;
import koc.kocs.levels.LevelSettings;

/**
 * The settings of the kocs job. {@code koc.kocs} in conf/reference.conf explains each key.
 *
 * @param score how KOCs are scored
 * @param readiness when a KOC is ready
 * @param stage when a KOC becomes a KOL
 * @param lifecycle who is listed in koc_lifecycle
 * @param levels the thresholds of the levels
 * @param minPool members that the pool of a user or external KOC needs, from {@code koc.recommend}
 * @param language of the sentences
 */
@Key("koc.kocs")
public record KocSettings(
        Score score,
        Readiness readiness,
        Stage stage,
        Lifecycle lifecycle,
        LevelSettings levels,

        @Key("koc.recommend.min-pool") @Range(min = 1, max = 100_000)
        int minPool,

        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * How KOCs are scored.
     *
     * @param weights weights of the components
     * @param fullStrongTies strong ties that count as full reach
     * @param loyalDays own purchase days at which the frequency part of loyalty is one half
     * @param recencyHalfLifeDays days after which an own purchase counts half
     * @param minShares shares a KOC needs before their topics are judged
     * @param evidenceShrinkage weight of the average of all KOCs, in shares, inquiries, reviews or members
     * @param answerDays days after an inquiry within which a reply to the same user answers it
     * @param minReportedFlightRisk flight risk from which the reasons mention it
     * @param frequencyCap how the frequency cap is learned
     */
    public record Score(
            Weights weights,
            @Range(min = 1, max = 1_000_000) int fullStrongTies,
            @Range(min = 0.1, max = 365) double loyalDays,
            @Range(min = 1, max = 3650) double recencyHalfLifeDays,
            @Range(min = 1, max = 1_000_000) int minShares,
            @Range(min = 0.1, max = 10_000) double evidenceShrinkage,
            @Range(min = 0, max = 30) int answerDays,
            @Range(min = 0, max = 1) double minReportedFlightRisk,
            FrequencyCapSettings frequencyCap) {}

    /** The weight of each component in the score. */
    public record Weights(
            @Range(min = 0, max = 100) double influence,
            @Range(min = 0, max = 100) double reach,
            @Range(min = 0, max = 100) double ownUse,
            @Range(min = 0, max = 100) double content,
            @Range(min = 0, max = 100) double persona,
            @Range(min = 0, max = 100) double restraint,
            @Range(min = 0, max = 100) double satisfaction) {
        public Weights {
            if (influence + reach + ownUse + content + persona + restraint + satisfaction <= 0) {
                throw KocException.usage(
                        "configuration koc.kocs.score.weights: all are 0",
                        "expected one above 0",
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    /**
     * How the frequency cap is learned.
     *
     * @param laterDays days after a day with posts whose mutes and leaves count against it
     * @param maxLossRatio multiple of the loss rate of one post from which a number of posts is too high
     * @param shrinkage weight of all KOCs in the loss ratios of a type, in losses
     */
    public record FrequencyCapSettings(
            @Range(min = 0, max = 30) int laterDays,
            @Range(min = 1, max = 100) double maxLossRatio,
            @Range(min = 0.1, max = 10_000) double shrinkage) {}

    /**
     * When a KOC is ready to recommend.
     *
     * @param minPurchaseDays own purchase days that tie a KOC to the brand
     * @param minApprovalRate fraction of the products they tried that a KOC approves of at least, shrunk
     * @param approvalShrinkage weight of the average of all KOCs, in products
     */
    public record Readiness(
            @Range(min = 0, max = 365) int minPurchaseDays,
            @Range(min = 0, max = 1) double minApprovalRate,
            @Range(min = 0.1, max = 10_000) double approvalShrinkage) {}

    /**
     * Which people who are no KOC are listed in koc_lifecycle.
     *
     * @param maxRecruits people listed at most, besides the first of each county; 0 lists nobody
     * @param minProgress fraction of what recruitment requires, from which an unproven person is listed
     */
    public record Lifecycle(
            @Range(min = 0, max = 1_000_000) int maxRecruits,
            @Range(min = 0, max = 1) double minProgress) {}

    /**
     * When a KOC becomes a KOL.
     *
     * @param risingReach members of the pool of a rising KOC
     * @param kolReach members of the pool of a KOL
     * @param minPoolBuyerRate fraction of the pool that buys, below which a large pool is only an audience
     */
    public record Stage(
            @Range(min = 1, max = 100_000_000) int risingReach,
            @Range(min = 1, max = 100_000_000) int kolReach,
            @Range(min = 0, max = 1) double minPoolBuyerRate) {
        public Stage {
            if (kolReach < risingReach) {
                throw KocException.usage(
                        "configuration koc.kocs.stage.kol-reach: found " + kolReach,
                        "expected at least rising-reach, " + risingReach,
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    public static KocSettings from(Config config) {
        return SettingsBinder.bind(config, KocSettings.class);
    }
}
