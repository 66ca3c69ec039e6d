package koc.sample;

/**
 * What a KOC's shares do to the KOC's pool, as it is planted. The numbers are ours. Ratios are well above 1, because a pool of
 * some twenty members buys too little in a few months to show smaller ones. Homophilous pools are as alike as influential
 * ones, so that likeness alone must not be taken for influence.
 */
enum PlantedInfluence {
    /** The pool is alike, and buys what is shared more often than it would have. */
    INFLUENTIAL(
            "influential",
            /* kocFraction= */ .35,
            /* minRatio= */ 3.0,
            /* maxRatio= */ 4.5,
            /* homophily= */ .8,
            /* sharesPerWeek= */ 4,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** The pool is alike and buys what is shared, but no more often than without the shares. */
    HOMOPHILOUS(
            "homophilous",
            /* kocFraction= */ .35,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ .85,
            /* sharesPerWeek= */ 4,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** The pool is mixed, and the shares change nothing. */
    NEUTRAL(
            "neutral",
            /* kocFraction= */ .2,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ 0,
            /* sharesPerWeek= */ 3,
            /* muteRate= */ .02,
            /* leaveRate= */ .1),
    /** Shares and posts far too often: changes nothing but mutes and leaves. */
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

    /** Share of KOCs. */
    double kocFraction() {
        return kocFraction;
    }

    /** Purchases of a shared product by those reached, in the days after, relative to what they were without. */
    double drawRatio(Chance chance) {
        return chance.between(minRatio, maxRatio);
    }

    /** Share of the pool that is drawn from the KOC's main portraits; the rest is drawn from all users. */
    double homophily() {
        return homophily;
    }

    double sharesPerWeek() {
        return sharesPerWeek;
    }

    /** Share of the pool that mutes the KOC. */
    double muteRate() {
        return muteRate;
    }

    /** Share of the pool that leaves. */
    double leaveRate() {
        return leaveRate;
    }
}
