package koc.tables;

import koc.warehouse.Table;

/** What the kocs job writes of ties, credit and influence: who is near whom, who led to what, and who moves people. */
public final class InfluenceTables {
    /** The portrait_id that stands for the whole pool in koc_influence. */
    public static final String WHOLE_POOL = "*";

    private InfluenceTables() {}

    public static final Table TIE_STRENGTHS = Table.named("tie_strengths")
            .describedAs(
                    "One row per KOC and user with an open tie: what kind of tie it is, and how much they have to do with each other.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "user_id")
            .partitionedBy("day")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    koc_id             STRING NOT NULL COMMENT 'User whose pool it is',
                    user_id            STRING NOT NULL COMMENT 'Member of the pool',
                    edge               STRING NOT NULL COMMENT 'employee_friend, guide_customer, external_friend or user_friend, by the role of the KOC',
                    tie_types          STRING NOT NULL COMMENT 'Kinds of tie recorded, with ; between; inferred where none is recorded',
                    since              DATE COMMENT 'First day of the tie; null when it is not known',
                    is_inferred        BOOLEAN NOT NULL COMMENT 'Whether the tie was told from who caused what, for want of recorded ties',
                    strength_out       DOUBLE NOT NULL COMMENT 'What the KOC did towards the user, each contact by its weight and faded by day (koc.influence.tie)',
                    strength_in        DOUBLE NOT NULL COMMENT 'What the user did towards the KOC, the same way',
                    strength           DOUBLE NOT NULL COMMENT 'The sum of both',
                    shared_experiences INT NOT NULL COMMENT 'Offline experiences of 365 days that both attended',
                    is_strong          BOOLEAN NOT NULL COMMENT 'Whether both sides are above the bar'""");

    public static final Table PURCHASE_CREDITS = Table.named("purchase_credits")
            .describedAs(
                    "One row per purchase of the last koc.influence.history-days and touch that may have led to it: whose share, reply or introduction is credited with how much.")
            .writtenBy("influence")
            .keyedBy("day", "purchase_event_id", "touch_event_id")
            .partitionedBy("day")
            .shares("touch_fraction", "fraud_factor", "credited_fraction")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    purchase_event_id STRING NOT NULL COMMENT 'Event of the purchase',
                    touch_event_id    STRING NOT NULL COMMENT 'Event of the touch; referral:<user_id> for an introduction',
                    koc_id            STRING NOT NULL COMMENT 'Who touched, never the buyer',
                    user_id           STRING NOT NULL COMMENT 'Who bought',
                    product_id        STRING NOT NULL COMMENT 'Product bought',
                    category          STRING NOT NULL COMMENT 'Its category, cut to koc.features.category-depth levels',
                    touch_type        STRING NOT NULL COMMENT 'share, share_open, inquiry or referral',
                    touched_at        TIMESTAMP NOT NULL COMMENT 'Instant of the touch (UTC)',
                    purchased_at      TIMESTAMP NOT NULL COMMENT 'Instant of the purchase (UTC)',
                    touch_fraction       DOUBLE NOT NULL COMMENT 'The touch''s part of the purchase, by type and age; sums to 1 over a purchase',
                    fraud_factor           DOUBLE NOT NULL COMMENT 'What is left of it: 0 when it is self-referral or within a ring, else 1',
                    fraud_reason    STRING COMMENT 'self_referral or ring; null when nothing is taken off',
                    credited_fraction    DOUBLE NOT NULL COMMENT 'touch_fraction x fraud_factor x the share of the money that was not given back',
                    credited_amount   DECIMAL(18,2) NOT NULL COMMENT 'Money of the purchase, net of refunds, x touch_fraction x fraud_factor'""");

    public static final Table KOC_INFLUENCE = Table.named("koc_influence")
            .describedAs(
                    "One row per KOC and portrait of its pool, and one for the whole pool: who bought what was shared, against how many would have anyhow.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    koc_id         STRING NOT NULL COMMENT 'The KOC',
                    portrait_id    STRING NOT NULL COMMENT 'Portrait of those reached; * for the whole pool',
                    reached        BIGINT NOT NULL COMMENT 'Members with an open tie on the day of a share, summed over its shares of koc.influence.history-days',
                    observed       DOUBLE NOT NULL COMMENT 'Of these, purchases of the shared product in the days after (koc.influence.window-days), one a member and day; purchases that look like self-referral or a ring count in part only, and of those that several KOCs reached each has the part that its lift has in it',
                    expected       DOUBLE NOT NULL COMMENT 'Purchases that were to be expected without the share, counted alike: users of the same portrait and earlier purchases, same product, same days, not reached by any share of it',
                    naive_lift     DOUBLE COMMENT 'Buyers over what the product''s usual rate gives, as a simple count would have it, every purchase whole for every KOC that reached it: friends who buy alike look like influence; null when nobody was reached',
                    influence_lift DOUBLE NOT NULL COMMENT 'How many times as often those reached buy: observed over expected, drawn towards what is known of all KOCs as far as numbers are small',
                    influence_low  DOUBLE NOT NULL COMMENT 'The lift is above this with 95% probability',
                    influence_high DOUBLE NOT NULL COMMENT 'The lift is below this with 95% probability'""");

    public static final Table INFLUENCE_PRIORS = Table.named("influence_priors")
            .describedAs(
                    "One row per run date: what is known of the influence of KOCs in general, by which the numbers of each are steadied.")
            .writtenBy("influence")
            .keyedBy("day")
            .partitionedBy("day")
            .shares("no_effect_weight")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    no_effect_weight   DOUBLE NOT NULL COMMENT 'Share of KOCs that the first component stands for',
                    no_effect_mean     DOUBLE NOT NULL COMMENT 'Mean lift of the first component, close to 1: KOCs who move nobody',
                    no_effect_shape    DOUBLE NOT NULL COMMENT 'Shape of its Gamma distribution: the larger, the more alike they are',
                    effect_mean    DOUBLE NOT NULL COMMENT 'Mean lift of the second component: KOCs who move people',
                    effect_shape   DOUBLE NOT NULL COMMENT 'Shape of its Gamma distribution',
                    prior_low    DOUBLE NOT NULL COMMENT 'The lift of 95% of all KOCs is above this: where koc_ranking puts a KOC of whom nothing is known',
                    kocs           BIGINT NOT NULL COMMENT 'KOCs it was fitted on',
                    log_likelihood DOUBLE NOT NULL COMMENT 'Marginal log-likelihood reached',
                    shares_from    DATE NOT NULL COMMENT 'First day of the shares it was fitted on',
                    shares_to      DATE NOT NULL COMMENT 'Last day of the shares it was fitted on',
                    settings       STRING NOT NULL COMMENT 'Settings that shape ties, credit and influence, as JSON by configuration key'""");

    public static final Table KOC_FLAGS = Table.named("koc_flags")
            .describedAs("One row per KOC and thing that makes its numbers doubtful, with the evidence.")
            .writtenBy("influence")
            .keyedBy("day", "koc_id", "flag")
            .partitionedBy("day")
            .shares("severity")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    koc_id   STRING NOT NULL COMMENT 'The KOC',
                    flag     STRING NOT NULL COMMENT 'self_referral, ring, served_only or flood',
                    evidence STRING NOT NULL COMMENT 'What was seen, in words with the numbers',
                    severity DOUBLE NOT NULL COMMENT 'How sure, 0..1; those components of the score of the KOC that can be faked are damped by it'""");
}
