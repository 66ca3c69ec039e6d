package koc.influence;

import com.typesafe.config.Config;
import koc.config.ConfigFingerprint;
import koc.config.Section;
import koc.error.KocException;

/**
 * What of the influence of KOCs can be told; {@code koc.influence} in conf/reference.conf says what each key means.
 *
 * @param historyDays days of shares and purchases that are looked at
 * @param windowDays days after a share in which a purchase may come of it
 * @param categoryDepth levels of a category path that are told apart, from {@code koc.features}
 * @param tie how ties are weighed
 * @param credit how purchases are credited
 * @param expectation how expected buyers are steadied
 * @param prior how the prior of the lifts is fitted
 * @param flag when a KOC's numbers are doubtful
 * @param language of the evidence
 * @param seed seed of the sample that the prior is fitted on
 */
record InfluenceSettings(
        int historyDays,
        int windowDays,
        int categoryDepth,
        Tie tie,
        Credit credit,
        Expectation expectation,
        Prior prior,
        Flag flag,
        String language,
        long seed) {

    /** Every key that {@link #from} reads, except the language, which changes no number; a test compares the two. */
    private static final String[] KEYS = {
        "koc.influence.history-days",
        "koc.influence.window-days",
        "koc.influence.tie",
        "koc.influence.credit",
        "koc.influence.expectation",
        "koc.influence.prior",
        "koc.influence.flag",
        "koc.features.category-depth",
        "koc.seed"
    };

    /** Days that the columns whose names end with _90d speak of. */
    private static final int TOLD_DAYS = 90;

    InfluenceSettings {
        if (historyDays < TOLD_DAYS) {
            throw KocException.usage(
                    "configuration koc.influence.history-days: found " + historyDays,
                    "expected " + TOLD_DAYS + " to 365, for koc_ranking tells buyers and sales of " + TOLD_DAYS
                            + " days",
                    "correct it in the file named by --conf or in --set");
        }
    }

    /** How much contacts count, how they fade, and the bar above which a tie is strong. */
    record Tie(
            double decay,
            int days,
            double open,
            double answer,
            double purchase,
            double attend,
            double sharedExperience,
            double other,
            double strong) {}

    /** How much touches of each type count in a purchase, and how they fade. */
    record Credit(double share, double open, double inquiry, double referral, int referralDays, double halfLifeDays) {}

    /** Expected buyers' worth of the wider thing with which the rate of a product, its days, and a pool's own appetite are mixed. */
    record Expectation(double product, double days, double purchases, double appetite) {}

    /** Spread that is always left to lifts, and how far a portrait's own numbers count. */
    record Prior(double homophily, double leastSpread, double moversSpread, double portrait, int kocs) {}

    /** Bars of the flags. */
    record Flag(
            int leastCredits,
            double ownShare,
            int ringAccounts,
            double ringShare,
            double floodShare,
            int servedTies,
            double servedExpected) {}

    /** These settings as the text that the fitted prior stores. */
    static String fingerprint(Config config) {
        return ConfigFingerprint.render(config, KEYS);
    }

    static InfluenceSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        Section influence = Section.of(config, "koc.influence");
        return new InfluenceSettings(
                influence.whole("history-days", 1, 365),
                influence.whole("window-days", 1, 90),
                Section.of(config, "koc.features").whole("category-depth", 1, 10),
                new Tie(
                        influence.number("tie.decay", 0.5, 1),
                        influence.whole("tie.days", 1, 3650),
                        influence.number("tie.weight.open", 0, 1000),
                        influence.number("tie.weight.answer", 0, 1000),
                        influence.number("tie.weight.purchase", 0, 1000),
                        influence.number("tie.weight.attend", 0, 1000),
                        influence.number("tie.weight.shared-experience", 0, 1000),
                        influence.number("tie.weight.other", 0, 1000),
                        influence.number("tie.strong", 0, 1_000_000)),
                new Credit(
                        influence.number("credit.weight.share", 0, 1000),
                        influence.number("credit.weight.open", 0, 1000),
                        influence.number("credit.weight.inquiry", 0, 1000),
                        influence.number("credit.weight.referral", 0, 1000),
                        influence.whole("credit.referral-days", 0, 3650),
                        influence.number("credit.half-life-days", 0.01, 3650)),
                new Expectation(
                        influence.number("expectation.product", 0.1, 1_000_000),
                        influence.number("expectation.days", 0.1, 1_000_000),
                        influence.number("expectation.purchases", 0.1, 1_000_000),
                        influence.number("expectation.appetite", 0.1, 1_000_000)),
                new Prior(
                        influence.number("prior.homophily", 0, 2),
                        influence.number("prior.least-spread", 0.01, 2),
                        influence.number("prior.movers-spread", 0.01, 2),
                        influence.number("prior.portrait", 0.1, 1_000_000),
                        influence.whole("prior.kocs", 100, 1_000_000)),
                new Flag(
                        influence.whole("flag.least-credits", 1, 100_000),
                        influence.number("flag.own-share", 0, 1),
                        influence.whole("flag.ring-accounts", 2, 1000),
                        influence.number("flag.ring-share", 0, 1),
                        influence.number("flag.flood-share", 0, 1),
                        influence.whole("flag.served-ties", 1, 10_000_000),
                        influence.number("flag.served-expected", 0, 1_000_000)),
                koc.oneOf("language", "en", "zh"),
                koc.wholeLong("seed"));
    }
}
