package koc.sample;

/** What a KOC's shares do to the KOC's pool, as it is planted. */
enum PlantedInfluence {
    /** The pool is alike, and buys what is shared more often than it would have. */
    INFLUENTIAL("influential", .35, 3.0, 4.5, .8, 4, .02, .1),
    /** The pool is alike and buys what is shared, but no more often than without the shares. */
    HOMOPHILOUS("homophilous", .35, 1, 1, .85, 4, .02, .1),
    /** The pool is mixed, and the shares change nothing. */
    NEUTRAL("neutral", .2, 1, 1, 0, 3, .02, .1),
    /** Shares and posts far too often: changes nothing but mutes and leaves. */
    OVERPOSTING("overposting", .1, 1, 1, .5, 14, .2, .25);

    private final String word;
    private final double share;
    private final double leastRatio;
    private final double mostRatio;
    private final double homophily;
    private final double sharesPerWeek;
    private final double muteShare;
    private final double leaveShare;

    PlantedInfluence(
            String word,
            double share,
            double leastRatio,
            double mostRatio,
            double homophily,
            double sharesPerWeek,
            double muteShare,
            double leaveShare) {
        this.word = word;
        this.share = share;
        this.leastRatio = leastRatio;
        this.mostRatio = mostRatio;
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
        return chance.between(leastRatio, mostRatio);
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
