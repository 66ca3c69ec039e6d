package koc.sample;

/**
 * The planted effect of a KOC's shares on their pool. The numbers are assumptions. Ratios are well above 1, because a pool of
 * about twenty members buys too little in a few months to reveal smaller ones. Homophilous pools are as similar as influential
 * ones, so similarity alone must not count as influence.
 */
enum PlantedInfluence {
    /** The members are similar, and buy shared products more often because of the shares. */
    INFLUENTIAL(
            "influential",
            /* kocFraction= */ .35,
            /* minRatio= */ 3.0,
            /* maxRatio= */ 4.5,
            /* homophily= */ .8,
            /* sharesPerWeek= */ 4,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** The members are similar and buy shared products, but no more often than without the shares. */
    HOMOPHILOUS(
            "homophilous",
            /* kocFraction= */ .35,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ .85,
            /* sharesPerWeek= */ 4,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** The members are mixed, and the shares have no effect. */
    NEUTRAL(
            "neutral",
            /* kocFraction= */ .2,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ 0,
            /* sharesPerWeek= */ 3,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** The KOC shares and posts far too often, which only causes mutes and leaves. */
    OVERPOSTING(
            "overposting",
            /* kocFraction= */ .1,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ .5,
            /* sharesPerWeek= */ 14,
            /* muteRate= */ .2,
            /* leaveRate= */ .25);

    private final String word;
    private final double kocFraction;
    private final double minRatio;
    private final double maxRatio;
    private final double homophily;
    private final double sharesPerWeek;
    private final double muteRate;
    private final double leaveRate;

    PlantedInfluence(
            String word,
            double kocFraction,
            double minRatio,
            double maxRatio,
            double homophily,
            double sharesPerWeek,
            double muteRate,
            double leaveRate) {
        this.word = word;
        this.kocFraction = kocFraction;
        this.minRatio = minRatio;
        this.maxRatio = maxRatio;
        this.homophily = homophily;
        this.sharesPerWeek = sharesPerWeek;
        this.muteRate = muteRate;
        this.leaveRate = leaveRate;
    }

    String word() {
        return word;
    }

    /** Fraction of KOCs. */
    double kocFraction() {
        return kocFraction;
    }

    /** Draws the rate ratio: purchases of a shared product by reached users, relative to those without the share. */
    double drawRatio(Chance chance) {
        return chance.between(minRatio, maxRatio);
    }

    /** Fraction of members who are drawn from the KOC's main portraits; the others are drawn from all users. */
    double homophily() {
        return homophily;
    }

    double sharesPerWeek() {
        return sharesPerWeek;
    }

    /** Fraction of members who mute the KOC. */
    double muteRate() {
        return muteRate;
    }

    /** Fraction of members who leave. */
    double leaveRate() {
        return leaveRate;
    }
}
