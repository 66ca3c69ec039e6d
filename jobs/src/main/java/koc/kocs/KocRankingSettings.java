package koc.kocs;

import com.typesafe.config.Config;
import koc.config.Section;
import koc.error.KocException;

/**
 * What ranking KOCs can be told; {@code koc.influence} in conf/reference.conf says what each key means.
 *
 * @param minPool members a user's pool needs to be a KOC's, from {@code koc.recommend}
 * @param weights of the components
 * @param fullStrongTies strong ties that count as full reach
 * @param loyalDays own purchase days at which loyalty's first part is one half
 * @param recencyHalfLife days after which an own purchase counts half
 * @param leastShares shares a KOC needs before its topics are judged
 * @param evidenceShrinkage how much of everybody's a KOC's own evidence is mixed with
 * @param answerDays days after that of an inquiry in which a reply to who asked answers it
 * @param flightRiskTold flight risk from which the reasons speak of it
 * @param budget how the posting budget is learned
 * @param readiness when a KOC is ready
 * @param stage when a KOC is becoming a KOL
 * @param levels the thresholds of the levels
 * @param currency of the money in the reasons
 * @param language of the reasons
 */
record KocRankingSettings(
        int minPool,
        Weights weights,
        int fullStrongTies,
        double loyalDays,
        double recencyHalfLife,
        int leastShares,
        double evidenceShrinkage,
        int answerDays,
        double flightRiskTold,
        Budget budget,
        Readiness readiness,
        Stage stage,
        LevelSettings levels,
        String currency,
        String language) {

    /** How much each component counts in the score. */
    record Weights(
            double influence,
            double reach,
            double ownUse,
            double content,
            double persona,
            double restraint,
            double satisfaction) {
        Weights {
            if (influence + reach + ownUse + content + persona + restraint + satisfaction <= 0) {
                throw KocException.usage(
                        "configuration koc.influence.score.weights: all are 0",
                        "expected one above 0",
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    /** Days after a post in which a mute or leave is blamed on it, and how many times the usual loss is too much. */
    record Budget(int laterDays, double worstRatio) {}

    /** What a KOC needs to be tied to the brand (own purchase days) and to approve its products (stars, complaints). */
    record Readiness(int leastPurchaseDays, double leastRating, double mostComplaints) {}

    /** Members of a rising KOC's and of a KOL's pool, and the share of them who buy. */
    record Stage(int risingReach, int kolReach, double leastConversion) {
        Stage {
            if (kolReach < risingReach) {
                throw KocException.usage(
                        "configuration koc.influence.stage.kol-reach: found " + kolReach,
                        "expected at least rising-reach, " + risingReach,
                        "correct it in the file named by --conf or in --set");
            }
        }
    }

    static KocRankingSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        Section score = Section.of(config, "koc.influence.score");
        Section readiness = Section.of(config, "koc.influence.readiness");
        Section stage = Section.of(config, "koc.influence.stage");
        return new KocRankingSettings(
                Section.of(config, "koc.recommend").whole("min-pool", 1, 100_000),
                new Weights(
                        score.number("weights.influence", 0, 100),
                        score.number("weights.reach", 0, 100),
                        score.number("weights.own-use", 0, 100),
                        score.number("weights.content", 0, 100),
                        score.number("weights.persona", 0, 100),
                        score.number("weights.restraint", 0, 100),
                        score.number("weights.satisfaction", 0, 100)),
                score.whole("full-strong-ties", 1, 1_000_000),
                score.number("loyal-days", 0.1, 365),
                score.number("recency-half-life-days", 1, 3650),
                score.whole("least-shares", 1, 1_000_000),
                score.number("evidence-shrinkage", 0.1, 10_000),
                score.whole("answer-days", 0, 30),
                score.number("flight-risk-told", 0, 1),
                new Budget(
                        score.whole("posting-budget.later-days", 0, 30),
                        score.number("posting-budget.worst-ratio", 1, 100)),
                new Readiness(
                        readiness.whole("least-purchase-days", 0, 365),
                        readiness.number("least-rating", 1, 5),
                        readiness.number("most-complaints", 0, 100)),
                new Stage(
                        stage.whole("rising-reach", 1, 100_000_000),
                        stage.whole("kol-reach", 1, 100_000_000),
                        stage.number("least-conversion", 0, 1)),
                LevelSettings.from(config),
                koc.text("currency"),
                koc.oneOf("language", "en", "zh"));
    }
}
