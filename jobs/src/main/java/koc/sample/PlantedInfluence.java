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
            /* share= */ .35,
            /* minRatio= */ 3.0,
            /* maxRatio= */ 4.5,
            /* homophily= */ .8,
            /* sharesPerWeek= */ 4,
            /* muteShare= */ .02,
            /* leaveShare= */ .1),
    /** The pool is alike and buys what is shared, but no more often than without the shares. */
    HOMOPHILOUS(
            "homophilous",
            /* share= */ .35,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ .85,
            /* sharesPerWeek= */ 4,
            /* muteShare= */ .02,
            /* leaveShare= */ .1),
    /** The pool is mixed, and the shares change nothing. */
    NEUTRAL(
            "neutral",
            /* share= */ .2,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ 0,
            /* sharesPerWeek= */ 3,
            /* muteShare= */ .02,
            /* leaveShare= */ .1),
    /** Shares and posts far too often: changes nothing but mutes and leaves. */
    OVERPOSTING(
            "overposting",
            /* share= */ .1,
            /* minRatio= */ 1,
            /* maxRatio= */ 1,
            /* homophily= */ .5,
            /* sharesPerWeek= */ 14,
            /* muteShare= */ .2,
            /* leaveShare= */ .25);

    private final String word;
    private final double share;
    private final double minRatio;
    private final double maxRatio;
    private final double homophily;
    private final double sharesPerWeek;
    private final double muteShare;
    private final double leaveShare;

    PlantedInfluence(
            String word,
            double share,
            double minRatio,
            double maxRatio,
            double homophily,
            double sharesPerWeek,
            double muteShare,
            double leaveShare) {
        this.word = word;
        this.share = share;
        this.minRatio = minRatio;
        this.maxRatio = maxRatio;
        this.homophily = homophily;
        this.sharesPerWeek = sharesPerWeek;
        this.muteShare = muteShare;
        this.leaveShare = leaveShare;
    }

    String word() {
        return word;
    }

    /** Share of KOCs. */
    double share() {
        return share;
    }

    /** Purchases of a shared product by those reached, in the days after, relative to what they were without. */
    double drawRatio(Chance chance) {
        return chance.between(minRatio, maxRatio);
    }

    /** Share of the pool that is drawn from the KOC's main portraits; the rest is drawn from everybody. */
    double homophily() {
        return homophily;
    }

    double sharesPerWeek() {
        return sharesPerWeek;
    }

    /** Share of the pool that mutes the KOC. */
    double muteShare() {
        return muteShare;
    }

    /** Share of the pool that leaves. */
    double leaveShare() {
        return leaveShare;
    }
}
