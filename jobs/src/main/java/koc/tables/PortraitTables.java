package koc.tables;

import koc.warehouse.Table;

/** What the portraits job writes: the model of who the users are, and everybody's place in it. */
public final class PortraitTables {
    /** The portrait of users with too little activity to tell. */
    public static final String NEWCOMERS = "newcomers";

    private PortraitTables() {}

    public static final Table PORTRAIT_MODELS = Table.named("portrait_models")
            .describedAs("One row per fitted model: what it was fitted on, with which settings, and how good it is.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id")
            .partitionedBy("day")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id          STRING NOT NULL COMMENT 'Identifier of the model',
                    as_of             DATE NOT NULL COMMENT 'Last day of events the model was fitted on',
                    users             BIGINT NOT NULL COMMENT 'Users with enough activity on that day',
                    sampled_users     BIGINT NOT NULL COMMENT 'Users the model was fitted on',
                    portraits         INT NOT NULL COMMENT 'Portraits found, newcomers not counted',
                    stability         DOUBLE NOT NULL COMMENT 'Mean over portraits of the mean Jaccard overlap with their likes in bootstrap refits (Hennig 2007), 0..1',
                    silhouette        DOUBLE NOT NULL COMMENT 'Mean silhouette on a fixed sample, -1..1',
                    predictive_gain   DOUBLE NOT NULL COMMENT 'How much better the portrait predicts the next period''s categories: nats per purchase above no portraits',
                    seed              BIGINT NOT NULL COMMENT 'Seed of every random choice',
                    prior_weight      DOUBLE NOT NULL COMMENT 'How much attention everybody''s share of a category counts beside a user''s own',
                    settings          STRING NOT NULL COMMENT 'Settings that shape the model, as JSON by configuration key; the model is refitted when one of them changes',
                    reason            STRING NOT NULL COMMENT 'Why the model was fitted, in words',
                    versions          STRING NOT NULL COMMENT 'Versions of the libraries'""");

    public static final Table PORTRAIT_VOTES = Table.named("portrait_votes")
            .describedAs(
                    "One row per fitted model and number of portraits tried: the three votes, and which number won.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "portraits")
            .partitionedBy("day")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id        STRING NOT NULL COMMENT 'Identifier of the model',
                    portraits       INT NOT NULL COMMENT 'Number of portraits tried',
                    stability       DOUBLE NOT NULL COMMENT 'Mean bootstrap Jaccard overlap over portraits, 0..1',
                    min_stability DOUBLE NOT NULL COMMENT 'The same of the least stable portrait',
                    silhouette      DOUBLE NOT NULL COMMENT 'Mean silhouette on a fixed sample, -1..1',
                    predictive_gain DOUBLE NOT NULL COMMENT 'Nats per purchase of the next period above no portraits',
                    min_user_fraction  DOUBLE NOT NULL COMMENT 'Share of users in the smallest portrait',
                    score           DOUBLE NOT NULL COMMENT 'Sum of the weighted votes, each scaled to 0..1 over the numbers tried; 1000 less where a portrait is too small or too unstable',
                    is_chosen       BOOLEAN NOT NULL COMMENT 'Whether this number won'""");

    public static final Table PORTRAIT_SCALING = Table.named("portrait_scaling")
            .describedAs("One row per fitted model and input: how the input is prepared before distances are taken.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "position")
            .partitionedBy("day")
            .columns("""
                    day       DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id  STRING NOT NULL COMMENT 'Identifier of the model',
                    position  INT NOT NULL COMMENT 'Place of the input in the vector, from 0',
                    input     STRING NOT NULL COMMENT 'A column of user_features, or category:<category>',
                    prior     DOUBLE COMMENT 'For a category: everybody''s share, with which the user''s own is mixed; null for other inputs',
                    transform STRING NOT NULL COMMENT 'log1p, ln, sqrt or none, before clipping',
                    fill      DOUBLE NOT NULL COMMENT 'Value that stands for null, after the transform',
                    lower     DOUBLE NOT NULL COMMENT 'Values below it are raised to it (winsorised)',
                    upper     DOUBLE NOT NULL COMMENT 'Values above it are lowered to it',
                    center    DOUBLE NOT NULL COMMENT 'Subtracted',
                    scale     DOUBLE NOT NULL COMMENT 'Divided by',
                    weight    DOUBLE NOT NULL COMMENT 'Multiplied by: how much the input counts'""");

    public static final Table PORTRAIT_CENTRES = Table.named("portrait_centres")
            .describedAs(
                    "One row per fitted model and portrait: its centre, to which users are assigned, and its name.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day         DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id    STRING NOT NULL COMMENT 'Identifier of the model',
                    portrait_id STRING NOT NULL COMMENT 'Identifier of the portrait, kept from run to run',
                    centre      ARRAY<DOUBLE> COMMENT 'Centre in the scaled space, in the order of portrait_scaling.position; null for newcomers, who are told by their little activity',
                    stability   DOUBLE COMMENT 'Mean Jaccard overlap with its likes in bootstrap refits (.75 and more is stable); null for newcomers',
                    name        STRING NOT NULL COMMENT 'Name given at the fit and kept while the portrait lives',
                    users       BIGINT NOT NULL COMMENT 'Users in it on the run date of the fit',
                    distance    DOUBLE NOT NULL COMMENT 'Mean distance of these users to the centre in the scaled space, against which drift is measured; 0 for newcomers'""");

    public static final Table PORTRAITS = Table.named("portraits")
            .describedAs(
                    "One row per portrait: a group of users who are alike, what they are like, and what they are worth.")
            .writtenBy("portraits")
            .keyedBy("day", "portrait_id")
            .partitionedBy("day")
            .published()
            .shares("user_fraction", "stability", "kept_share")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    portrait_id    STRING NOT NULL COMMENT 'Identifier of the portrait, kept from run to run',
                    name           STRING NOT NULL COMMENT 'Name of the portrait: what its users are worth, who they are, what they like',
                    users          BIGINT NOT NULL COMMENT 'Users in it',
                    user_fraction     DOUBLE NOT NULL COMMENT 'Users in it over all users, 0..1',
                    summary        STRING NOT NULL COMMENT 'What sets it apart, in words with the numbers',
                    top_categories STRING NOT NULL COMMENT 'Categories it prefers beyond the average, strongest first',
                    top_tags       STRING NOT NULL COMMENT 'Tags it has beyond the average, strongest first',
                    net_spend_90d  DECIMAL(18,2) NOT NULL COMMENT 'Mean per user of money paid less money given back',
                    orders_90d     DOUBLE NOT NULL COMMENT 'Mean orders per user',
                    sharer_rate     DOUBLE NOT NULL COMMENT 'Share of its users who shared something in 90 days, 0..1',
                    stability      DOUBLE COMMENT 'How firmly the group holds together when the data varies, 0..1 (.75 and more is firm); null for newcomers',
                    change         STRING NOT NULL COMMENT 'new, kept, split (part of one of the run before) or merged (of several) since the run before; which are gone stands in portrait_transitions',
                    kept_share     DOUBLE COMMENT 'Share of its users on the run before who are in it now, 0..1; null when it had none then',
                    spread         DOUBLE COMMENT 'How far its users are from its centre beside the day of the fit: 1 as then, more when the group loosens; null for newcomers'""");

    public static final Table USER_PORTRAITS = Table.named("user_portraits")
            .describedAs("One row per user: the portrait the user belongs to on the run date.")
            .writtenBy("portraits")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .published()
            .shares("confidence")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Run date',
                    user_id              STRING NOT NULL COMMENT 'Identifier of the user',
                    portrait_id          STRING NOT NULL COMMENT 'Portrait of the user',
                    portrait_name        STRING NOT NULL COMMENT 'Its name',
                    confidence           DOUBLE NOT NULL COMMENT 'How clearly the user belongs to it and not to the next best, 0..1; 0 on the border, and for newcomers',
                    since                DATE NOT NULL COMMENT 'First run date of the user''s unbroken time in it',
                    previous_portrait_id STRING COMMENT 'Portrait before this one, if the user had another'""");

    public static final Table HOLDOUT_PORTRAITS = Table.named("holdout_portraits")
            .describedAs(
                    "One row per user: the portrait the user already had before the window in which fit is measured, so that fit is not circular.")
            .writtenBy("portraits")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .columns("""
                    day          DATE NOT NULL COMMENT 'Run date',
                    user_id      STRING NOT NULL COMMENT 'Identifier of the user',
                    portrait_id  STRING NOT NULL COMMENT 'Portrait of the user at the end of as_of',
                    as_of        DATE NOT NULL COMMENT 'Last day of events the portrait knows; the window is from the day after it to the run date'""");

    public static final Table PORTRAIT_TRANSITIONS = Table.named("portrait_transitions")
            .describedAs(
                    "One row per portrait of the run before and portrait now: how many users went from the one to the other, and what became of both.")
            .writtenBy("portraits")
            .keyedBy("day", "from_portrait_id", "to_portrait_id")
            .partitionedBy("day")
            .published()
            .shares("from_fraction", "to_fraction")
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    from_portrait_id STRING NOT NULL COMMENT 'Portrait on the run before; (none) for users who were not there',
                    from_name        STRING NOT NULL COMMENT 'Its name then',
                    to_portrait_id   STRING NOT NULL COMMENT 'Portrait now; (none) for users who are there no more',
                    to_name          STRING NOT NULL COMMENT 'Its name now',
                    previous_day     DATE NOT NULL COMMENT 'Date of the run before',
                    users            BIGINT NOT NULL COMMENT 'Users who went from the one to the other, or stayed; 0 only for a portrait that is gone and had none left',
                    from_fraction       DOUBLE NOT NULL COMMENT 'Of those who were in the portrait on the run before, 0..1',
                    to_fraction         DOUBLE NOT NULL COMMENT 'Of those who are in the portrait now, 0..1',
                    from_change      STRING COMMENT 'What became of the portrait of the run before: kept, split, merged or gone; null for (none)',
                    to_change        STRING COMMENT 'Where the portrait of now comes from: kept, split, merged or new; null for (none)',
                    verdict          STRING NOT NULL COMMENT 'What the row says, in words'""");
}
