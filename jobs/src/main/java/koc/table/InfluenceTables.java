package koc.table;

/** What the kocs job finds of ties and purchases. */
public final class InfluenceTables {
    private InfluenceTables() {}

    public static final Table TIE_STRENGTHS = Table.named("tie_strengths")
            .describedAs("One row per KOC and member of its pool: the ties open on the day, and how strong they are.")
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
                    is_inferred        BOOLEAN NOT NULL COMMENT 'Whether the tie was inferred from shares',
                    strength_out       DOUBLE NOT NULL COMMENT 'Contact from the KOC to the user',
                    strength_in        DOUBLE NOT NULL COMMENT 'Contact from the user to the KOC',
                    strength           DOUBLE NOT NULL COMMENT 'Sum of both',
                    shared_experiences INT NOT NULL COMMENT 'Experiences both attended',
                    is_strong          BOOLEAN NOT NULL COMMENT 'Whether both sides exceed the bar'""");

    public static final Table PURCHASE_CREDITS = Table.named("purchase_credits")
            .describedAs("One row per purchase and touch before it: whom the purchase is credited to.")
            .writtenBy("kocs")
            .keyedBy("day", "purchase_event_id", "touch_event_id")
            .partitionedBy("day")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    purchase_event_id STRING NOT NULL COMMENT 'Event of the purchase',
                    touch_event_id    STRING NOT NULL COMMENT 'Event of the touch',
                    koc_id            STRING NOT NULL COMMENT 'KOC who touched',
                    user_id           STRING NOT NULL COMMENT 'User who bought',
                    product_id        STRING NOT NULL COMMENT 'Product bought',
                    category          STRING COMMENT 'Its category',
                    touch_type        STRING NOT NULL COMMENT 'share, share_open, inquiry or referral',
                    touched_at        TIMESTAMP NOT NULL COMMENT 'Instant of the touch (UTC)',
                    purchased_at      TIMESTAMP NOT NULL COMMENT 'Instant of the purchase (UTC)',
                    touch_share       DOUBLE NOT NULL COMMENT 'Share of the purchase before damping',
                    damping           DOUBLE NOT NULL COMMENT 'Factor, 0..1',
                    damped_because    STRING COMMENT 'Why it is damped',
                    credited_share    DOUBLE NOT NULL COMMENT 'Share of the purchase credited',
                    credited_amount   DECIMAL(18,2) NOT NULL COMMENT 'Money credited, net of refunds'""");
}
