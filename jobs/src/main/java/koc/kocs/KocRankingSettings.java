package koc.kocs;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * What ranking KOCs can be told; {@code koc.influence} in conf/reference.conf says what each key means.
 *
 * @param score how KOCs are scored
 * @param readiness when a KOC is ready
 * @param stage when a KOC is becoming a KOL
 * @param levels the thresholds of the levels
 * @param minPool members a user's pool needs to be a KOC's, from {@code koc.recommend}
 * @param currency of the money in the reasons
 * @param language of the reasons
 */
@Key("koc.kocs")
record KocRankingSettings(
        Score score,
        Readiness readiness,
        Stage stage,
        LevelSettings levels,

        @Key("koc.recommend.min-pool") @Range(min = 1, max = 100_000)
        int minPool,

        @Key("koc.currency") String currency,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * How KOCs are scored.
     *
     * @param weights of the components
     * @param fullStrongTies strong ties that count as full reach
     * @param loyalDays own purchase days at which loyalty's first part is one half
     * @param recencyHalfLifeDays days after which an own purchase counts half
     * @param minShares shares a KOC needs before its topics are judged
     * @param evidenceShrinkage how much of everybody's a KOC's own evidence is mixed with
     * @param answerDays days after that of an inquiry in which a reply to who asked answers it
     * @param minReportedFlightRisk flight risk from which the reasons speak of it
     * @param frequencyCap how the posting budget is learned
     */
    record Score(
            Weights weights,
            @Range(min = 1, max = 1_000_000) int fullStrongTies,
            @Range(min = 0.1, max = 365) double loyalDays,
            @Range(min = 1, max = 3650) double recencyHalfLifeDays,
            @Range(min = 1, max = 1_000_000) int minShares,
            @Range(min = 0.1, max = 10_000) double evidenceShrinkage,
            @Range(min = 0, max = 30) int answerDays,
            @Range(min = 0, max = 1) double minReportedFlightRisk,
            Budget frequencyCap) {}

    /** How much each component counts in the score. */
    record Weights(
            @Range(min = 0, max = 100) double influence,
            @Range(min = 0, max = 100) double reach,
            @Range(min = 0, max = 100) double ownUse,
            @Range(min = 0, max = 100) double content,
            @Range(min = 0, max = 100) double persona,
            @Range(min = 0, max = 100) double restraint,
            @Range(min = 0, max = 100) double satisfaction) {
        Weights {
            if (influence + reach + ownUse + content + persona + restraint + satisfaction <= 0) {
                throw KocException.usage(
                        "configuration koc.kocs.score.weights: all are 0",
                        "expected one above 0",
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    /** Days after a post in which a mute or leave is blamed on it, and how many times the usual loss is too much. */
    record Budget(
            @Range(min = 0, max = 30) int laterDays,
            @Range(min = 1, max = 100) double maxLossRatio) {}

    /** What a KOC needs to be tied to the brand (own purchase days) and to approve its products (stars, complaints). */
    record Readiness(
            @Range(min = 0, max = 365) int minPurchaseDays,
            @Range(min = 1, max = 5) double minRating,
            @Range(min = 0, max = 100) double maxComplaintRate) {}

    /** Members of a rising KOC's and of a KOL's pool, and the share of them who buy. */
    record Stage(
            @Range(min = 1, max = 100_000_000) int risingReach,
            @Range(min = 1, max = 100_000_000) int kolReach,
            @Range(min = 0, max = 1) double minPoolBuyerRate) {
        Stage {
            if (kolReach < risingReach) {
                throw KocException.usage(
                        "configuration koc.kocs.stage.kol-reach: found " + kolReach,
                        "expected at least rising-reach, " + risingReach,
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    static KocRankingSettings from(Config config) {
        return SettingsBinder.bind(config, KocRankingSettings.class);
    }
}
