package koc.table;

/** What the kocs job writes first: how strong ties are, who moved whom to buy, and who only seemed to. */
public final class InfluenceTables {
    private InfluenceTables() {}

    public static final Table TIE_STRENGTHS = Table.named("tie_strengths")
            .describedAs("One row per KOC and user with an open tie: how strong the tie is, from two-way contacts.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id", "user_id")
            .partitionedBy("day")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    koc_id             STRING NOT NULL COMMENT 'User whose pool it is',
                    user_id            STRING NOT NULL COMMENT 'Member of the pool',
                    edge               STRING NOT NULL COMMENT 'employee_friend, guide_customer, external_friend or user_friend',
                    tie_types          STRING COMMENT 'Kinds of ties, ; between',
                    since              DATE COMMENT 'First day of the tie',
                    is_inferred        BOOLEAN NOT NULL COMMENT 'Whether the tie is inferred from shares',
                    strength_out       DOUBLE NOT NULL COMMENT 'Decayed contacts from the KOC to the user',
                    strength_in        DOUBLE NOT NULL COMMENT 'Decayed contacts from the user to the KOC',
                    strength           DOUBLE NOT NULL COMMENT 'Sum of both',
                    shared_experiences INT NOT NULL COMMENT 'Experiences both attended',
                    is_strong          BOOLEAN NOT NULL COMMENT 'Whether both directions exceed the bar'""");

    public static final Table PURCHASE_CREDITS = Table.named("purchase_credits")
            .describedAs("One row per purchase and touch: which share of the purchase the touch is credited with.")
            .writtenBy("kocs")
            .keyedBy("day", "purchase_event_id", "touch_event_id")
            .partitionedBy("day")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    purchase_event_id STRING NOT NULL COMMENT 'Purchase',
                    touch_event_id    STRING NOT NULL COMMENT 'Touch before it',
                    koc_id            STRING NOT NULL COMMENT 'Who touched',
                    user_id           STRING NOT NULL COMMENT 'Who bought',
                    product_id        STRING COMMENT 'Product bought',
                    category          STRING COMMENT 'Its category',
                    touch_type        STRING COMMENT 'share, share_open, inquiry or referral',
                    touched_at        TIMESTAMP COMMENT 'Instant of the touch',
                    purchased_at      TIMESTAMP COMMENT 'Instant of the purchase',
                    touch_share       DOUBLE COMMENT 'Share of the purchase before damping',
                    damping           DOUBLE COMMENT 'Factor for what was faked, 0..1',
                    damped_because    STRING COMMENT 'Why it is damped',
                    credited_share    DOUBLE COMMENT 'Share of the purchase',
                    credited_amount   DECIMAL(18,2) COMMENT 'Money, net of refunds'""");

    public static final Table KOC_INFLUENCE = Table.named("koc_influence")
            .describedAs("One row per KOC and portrait: how much more those reached bought than their like.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    koc_id         STRING NOT NULL COMMENT 'User id of the KOC',
                    portrait_id    STRING NOT NULL COMMENT 'Portrait; * for the whole pool',
                    reached        BIGINT COMMENT 'User x share x product exposures',
                    observed       DOUBLE COMMENT 'Buyers',
                    expected       DOUBLE COMMENT 'Buyers expected',
                    naive_lift     DOUBLE COMMENT 'Naive count',
                    influence_lift DOUBLE COMMENT 'Mean',
                    influence_low  DOUBLE COMMENT 'Lower end of the 90% interval',
                    influence_high DOUBLE COMMENT 'Upper end of the 90% interval'""");

    public static final Table KOC_FLAGS = Table.named("koc_flags")
            .describedAs("One row per KOC and flag: what looks faked, and on which evidence.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id", "flag")
            .partitionedBy("day")
            .columns("""
                    day      DATE NOT NULL COMMENT 'Run date',
                    koc_id   STRING NOT NULL COMMENT 'User id of the KOC',
                    flag     STRING NOT NULL COMMENT 'self_referral, ring, served_only, flood, ...',
                    evidence STRING NOT NULL COMMENT 'In words with numbers',
                    severity DOUBLE NOT NULL COMMENT '0..1'""");
}
