package koc.tables;

import koc.warehouse.Table;

/** Tables of the influence job: tie strength, credit for purchases, influence lift with its prior, and fraud flags. */
public final class InfluenceTables {
    /** The portrait_id that stands for the whole pool in koc_influence. */
    public static final String WHOLE_POOL = "*";

    private InfluenceTables() {}

    public static final Table TIE_STRENGTHS = Table.named("tie_strengths")
            .describedAs(
                    "Ties of each KOC with the users in their pool, and how strong each tie is: one row per KOC and user "
                            + "with an open tie.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "user_id")
            .partitionedBy("day")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    koc_id             STRING NOT NULL COMMENT 'KOC whose pool it is',
                    user_id            STRING NOT NULL COMMENT 'Member of the pool',
                    relation           STRING NOT NULL COMMENT 'Relation of the member to the KOC, by the role of the KOC: employee_friend, guide_customer, external_friend or user_friend',
                    tie_types          STRING NOT NULL COMMENT 'Types of the recorded tie, separated by ;, or the word inferred if no ties are recorded',
                    since              DATE COMMENT 'First day of the tie; null when it is unknown',
                    is_inferred        BOOLEAN NOT NULL COMMENT 'Whether the tie was inferred from events, because no ties are recorded',
                    strength_out       DOUBLE NOT NULL COMMENT 'Contacts of the KOC towards the user, mostly answers, and offline experiences that both attended, weighted by type; each counts half after 15 days by default. A contact is an event that names the other person as sharer, such as an opened share or an answer. A share alone is none, and neither is a mute, leave, refund or complaint',
                    strength_in        DOUBLE NOT NULL COMMENT 'Contacts of the user towards the KOC, and the same experiences, weighted the same way',
                    strength           DOUBLE NOT NULL COMMENT 'strength_out + strength_in',
                    shared_experiences INT NOT NULL COMMENT 'Days in the last 365 (default) on which both attended the same offline experience',
                    is_strong          BOOLEAN NOT NULL COMMENT 'Whether strength_out and strength_in are both at least .5 by default'""");

    public static final Table PURCHASE_CREDITS = Table.named("purchase_credits")
            .describedAs(
                    "One row per purchase and touch before it: the credit of the KOC for the purchase. Touches are shares, opened shares, inquiries and referrals. Purchases are those of the last 90 days by default, or of a shorter history, without those refunded in full.")
            .writtenBy("influence")
            .keyedBy("day", "purchase_event_id", "touch_event_id")
            .partitionedBy("day")
            .fractions("touch_fraction", "fraud_factor", "credited_fraction")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    purchase_event_id STRING NOT NULL COMMENT 'Event of the purchase',
                    touch_event_id    STRING NOT NULL COMMENT 'Event of the touch; referral:<user_id> for a referral',
                    koc_id            STRING NOT NULL COMMENT 'KOC of the touch; never the buyer',
                    user_id           STRING NOT NULL COMMENT 'The buyer',
                    product_id        STRING NOT NULL COMMENT 'Product bought',
                    category          STRING NOT NULL COMMENT 'Category of the product, cut to 2 levels by default',
                    touch_type        STRING NOT NULL COMMENT 'share (a share or post that names the product), share_open, inquiry or referral',
                    touched_at        TIMESTAMP NOT NULL COMMENT 'Instant of the touch (UTC)',
                    purchased_at      TIMESTAMP NOT NULL COMMENT 'Instant of the purchase (UTC)',
                    touch_fraction    DOUBLE NOT NULL COMMENT 'Fraction of the purchase credited to the touch, by its type and age; sums to 1 over a purchase',
                    fraud_factor      DOUBLE NOT NULL COMMENT '0 for self-referral and purchases within a collusion ring, else 1',
                    fraud_reason      STRING COMMENT 'self_referral or collusion_ring; null when fraud_factor is 1',
                    credited_fraction DOUBLE NOT NULL COMMENT 'touch_fraction x fraud_factor x fraction of the amount that was not refunded',
                    credited_amount   DECIMAL(18,2) NOT NULL COMMENT 'Amount less refunds, x touch_fraction x fraud_factor'""");

    public static final Table KOC_INFLUENCE = Table.named("koc_influence")
            .describedAs(
                    "Influence lift of each KOC: purchases of exposed members over purchases expected without the shares. "
                            + "One row per KOC and portrait with an exposed member, and one for the whole pool.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day                    DATE NOT NULL COMMENT 'Run date',
                    koc_id                 STRING NOT NULL COMMENT 'The KOC',
                    portrait_id            STRING NOT NULL COMMENT 'Portrait of the exposed members; * for the whole pool',
                    exposures              BIGINT NOT NULL COMMENT 'Exposed members, summed over the shares, and posts that name a product, of the last 90 days by default, or of a shorter history. A member with an open tie on the day of the share is exposed, whether they opened it or not',
                    observed_purchases     DOUBLE NOT NULL COMMENT 'Purchases of the shared product by exposed members within 7 days by default, one per member, product and day. If several KOCs exposed the buyer, a purchase counts for each by the fraction that would have happened with this KOC alone: (1 + x) / (1 + sum of all x). x is a first estimate of a KOC''s lift less 1, at least 0. The fractions of a purchase may add up to more than 1. Fraudulent purchases do not count',
                    expected_purchases     DOUBLE NOT NULL COMMENT 'Purchases expected from the exposed members without the shares: what unexposed users of the same portrait, with as many earlier purchases, buy of the same product on the same days, x two factors of the pool. Both are measured on days without exposure: observed / expected purchases of the category, and observed / expected purchases of the products that the KOC shares',
                    expected_purchases_90d DOUBLE NOT NULL COMMENT 'Of these, purchases after the shares of the last 90 days, also where koc.influence.history-days is longer',
                    naive_lift             DOUBLE COMMENT 'Purchases of exposed members, each counted in full, over purchases at the mean rate of all users. Usually too high, because friends like the same things; null when the denominator is 0',
                    influence_lift         DOUBLE NOT NULL COMMENT 'How many times as often exposed members buy: observed over expected purchases, shrunk; 1 = no influence. That of a pool is shrunk towards other KOCs, that of a portrait towards its pool',
                    influence_low          DOUBLE NOT NULL COMMENT 'Lower end of the 90% interval of the lift; the lift exceeds it with 95% probability',
                    influence_high         DOUBLE NOT NULL COMMENT 'Upper end of the 90% interval of the lift'""");

    public static final Table INFLUENCE_PRIORS = Table.named("influence_priors")
            .describedAs(
                    "One row per run date: the prior distribution of lifts, fitted to whole pools with at least .05 expected purchases (at most 20,000 by default), towards which the lift of each KOC is shrunk. It is a mixture of two Gamma distributions.")
            .writtenBy("influence")
            .keyedBy("day")
            .partitionedBy("day")
            .fractions("no_effect_weight")
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    no_effect_weight DOUBLE NOT NULL COMMENT 'Fraction of KOCs without effect',
                    no_effect_mean   DOUBLE NOT NULL COMMENT 'Mean lift of KOCs without effect, close to 1',
                    no_effect_shape  DOUBLE NOT NULL COMMENT 'Shape of their Gamma distribution; the larger, the less lifts differ',
                    effect_mean      DOUBLE NOT NULL COMMENT 'Mean lift of KOCs with an effect',
                    effect_shape     DOUBLE NOT NULL COMMENT 'Shape of their Gamma distribution',
                    prior_low        DOUBLE NOT NULL COMMENT 'Lift that 95% of all KOCs exceed; koc_ranking takes it for KOCs without measured influence',
                    kocs             BIGINT NOT NULL COMMENT 'Number of KOCs that the prior was fitted to',
                    log_likelihood   DOUBLE NOT NULL COMMENT 'Penalized marginal log-likelihood of the fit',
                    shares_from      DATE NOT NULL COMMENT 'First day of the shares that the prior was fitted to',
                    shares_to        DATE NOT NULL COMMENT 'Last day of these shares',
                    settings         STRING NOT NULL COMMENT 'Settings of ties, credit and influence, as JSON by configuration key'""");

    public static final Table KOC_FLAGS = Table.named("koc_flags")
            .describedAs("One row per KOC and flag: a reason to doubt the numbers of the KOC, with evidence.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "flag")
            .partitionedBy("day")
            .fractions("severity")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    koc_id   STRING NOT NULL COMMENT 'The KOC',
                    flag     STRING NOT NULL COMMENT 'self_referral (a second account), collusion_ring, spam (at least 5% of the product shares of all KOCs, and 3 times as many as the median KOC, by default) or served_only (at least half of the members, and 100 of them, are customers with no other tie, at least 5 purchases are expected, by default, and the lift is not surely above 1)',
                    evidence STRING NOT NULL COMMENT 'The evidence in words, with numbers',
                    severity DOUBLE NOT NULL COMMENT 'How severe, 0..1; components of the KOC score that can be faked are multiplied by 1 - severity'""");
}
