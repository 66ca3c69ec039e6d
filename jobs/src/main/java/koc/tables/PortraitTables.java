package koc.tables;

import koc.warehouse.Table;

/** Tables of the portraits job: the portraits, the model behind them, and the portrait of every user. */
public final class PortraitTables {
    /** The portrait of users with too little activity for another one. */
    public static final String NEWCOMERS = "newcomers";

    private PortraitTables() {}

    public static final Table PORTRAIT_MODELS = Table.named("portrait_models")
            .describedAs("One row per fitted model: the data and settings of the fit, and its quality.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id")
            .partitionedBy("day")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id        STRING NOT NULL COMMENT 'Identifier of the model',
                    as_of           DATE NOT NULL COMMENT 'Last day of events that the fit used',
                    users           BIGINT NOT NULL COMMENT 'Users with enough activity on that day',
                    sampled_users   BIGINT NOT NULL COMMENT 'Users that the model was fitted on, by default at most 20000',
                    portraits       INT NOT NULL COMMENT 'Number of portraits, without newcomers',
                    stability       DOUBLE NOT NULL COMMENT 'Mean over portraits of the Jaccard overlap with the best match in bootstrap refits (Hennig 2007), 0..1',
                    silhouette      DOUBLE NOT NULL COMMENT 'Mean silhouette on a fixed sample, -1..1',
                    predictive_gain DOUBLE NOT NULL COMMENT 'Increase of the log-likelihood of the products bought in the holdout, when predicted by portrait instead of by the population, in nats per purchase; signs of interest count as well when fewer than 50 users bought',
                    is_useful       BOOLEAN NOT NULL COMMENT 'Whether portraits predict what users buy: their gain is surely above 0 (95%), or there are too few to tell (fewer than 50 bought or showed interest in the holdout). If false, there is one portrait, whose gain is 0',
                    representation  STRING NOT NULL COMMENT 'What the preferences of users are described by: categories, product groups, or both',
                    runner_up       STRING COMMENT 'The best of the other representations; null when there was no other',
                    runner_up_gain  DOUBLE COMMENT 'Predictive gain of this representation at its best number of portraits',
                    temperature     DOUBLE NOT NULL COMMENT 'Temperature T of user_portraits.confidence, in squared distance: the T under which the portraits predict the categories bought in the holdout best',
                    temperature_users BIGINT NOT NULL COMMENT 'Users whose purchases in the holdout the temperature was fitted on; below 50 the confidence is not calibrated',
                    seed            BIGINT NOT NULL COMMENT 'Seed of every random choice',
                    prior_weight    DOUBLE NOT NULL COMMENT 'Weight of the population''s category fractions in those of each user, in purchases; 5 by default',
                    settings        STRING NOT NULL COMMENT 'Settings that shape the model, as JSON by configuration key; a change of one of them triggers a new fit',
                    reason          STRING NOT NULL COMMENT 'Why the model was fitted, in words',
                    versions        STRING NOT NULL COMMENT 'Versions of the pipeline and of Spark'""");

    public static final Table PORTRAIT_VOTES = Table.named("portrait_votes")
            .describedAs("One row per fitted model and number of portraits tried: the three votes and the winner.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "portraits")
            .partitionedBy("day")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id          STRING NOT NULL COMMENT 'Identifier of the model',
                    portraits         INT NOT NULL COMMENT 'Number of portraits tried',
                    stability         DOUBLE NOT NULL COMMENT 'First vote: mean bootstrap Jaccard overlap over portraits, 0..1',
                    min_stability     DOUBLE NOT NULL COMMENT 'Stability of the least stable portrait, 0..1',
                    silhouette        DOUBLE NOT NULL COMMENT 'Second vote: mean silhouette on a fixed sample, -1..1',
                    predictive_gain   DOUBLE NOT NULL COMMENT 'Third vote: increase of the log-likelihood of the products bought in the holdout, when predicted by portrait instead of by the population, in nats per purchase',
                    min_user_fraction DOUBLE NOT NULL COMMENT 'Fraction of users in the smallest portrait, 0..1',
                    score             DOUBLE NOT NULL COMMENT 'Weighted sum of the votes, each scaled to 0..1 over the numbers tried. It is 1000 less when a portrait has less than 2% of users or a stability below .5 (defaults)',
                    is_chosen         BOOLEAN NOT NULL COMMENT 'Whether this number of portraits is used: the one with the highest score, unless another predicts better by more than one standard error. If none predicts anything, the chosen number is 1'""");

    public static final Table PORTRAIT_SCALING = Table.named("portrait_scaling")
            .describedAs("One row per fitted model and input: how the input is prepared before distances are computed.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "position")
            .partitionedBy("day")
            .columns("""
                    day       DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id  STRING NOT NULL COMMENT 'Identifier of the model',
                    position  INT NOT NULL COMMENT 'Index of the input in the vector, from 0',
                    input     STRING NOT NULL COMMENT 'A column of user_features, category:<category>, or group:<group_id of product_groups>',
                    prior     DOUBLE COMMENT 'For a category or group: mean attention fraction of the population, towards which the user''s fraction is shrunk; null for other inputs',
                    transform STRING NOT NULL COMMENT 'First step: log1p, ln, sqrt or none',
                    fill      DOUBLE NOT NULL COMMENT 'Replaces null, after the transform',
                    lower     DOUBLE NOT NULL COMMENT 'Lower bound: smaller values are raised to it (winsorised)',
                    upper     DOUBLE NOT NULL COMMENT 'Upper bound: larger values are lowered to it',
                    center    DOUBLE NOT NULL COMMENT 'Subtracted after clipping',
                    scale     DOUBLE NOT NULL COMMENT 'Divisor after centring',
                    weight    DOUBLE NOT NULL COMMENT 'Factor after scaling: how much the input counts'""");

    public static final Table PORTRAIT_CENTRES = Table.named("portrait_centres")
            .describedAs(
                    "One row per fitted model and portrait: the centre that users are assigned to, and the stored name.")
            .writtenBy("portraits")
            .keyedBy("day", "model_id", "portrait_id")
            .partitionedBy("day")
            .columns("""
                    day           DATE NOT NULL COMMENT 'Run date on which the model was fitted',
                    model_id      STRING NOT NULL COMMENT 'Identifier of the model',
                    portrait_id   STRING NOT NULL COMMENT 'Identifier of the portrait, stable from run to run',
                    centre        ARRAY<DOUBLE> COMMENT 'Centre in the scaled space, in the order of portrait_scaling.position; null for newcomers, who are assigned by their low activity',
                    stability     DOUBLE COMMENT 'Mean Jaccard overlap with the best match in bootstrap refits, 0..1, stable from .75; null for newcomers',
                    name          STRING NOT NULL COMMENT 'Name given at the fit, kept as long as the portrait survives',
                    users         BIGINT NOT NULL COMMENT 'Users in it on the run date of the fit',
                    mean_distance DOUBLE NOT NULL COMMENT 'Mean distance of these users to the centre in the scaled space, the reference for drift; 0 for newcomers'""");

    public static final Table PRODUCT_GROUPS = Table.named("product_groups")
            .describedAs(
                    "One row per product in a group: products that the same users buy. Groups are fitted with the portraits. They stand in for categories where there are none, or where they predict purchases better.")
            .writtenBy("portraits")
            .keyedBy("day", "product_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day        DATE NOT NULL COMMENT 'Run date',
                    product_id STRING NOT NULL COMMENT 'Identifier of the product',
                    group_id   STRING NOT NULL COMMENT 'Identifier of the group; a group keeps it at a refit when a third of its products stay together',
                    name       STRING NOT NULL COMMENT 'Name of the group: the titles of its two most popular products at its first fit',
                    weight     DOUBLE NOT NULL COMMENT 'How typical the product is. Fitted: cosine of the angle to the centre of the group, at most 1. Otherwise: attention fraction that its users give to the group / that of the average user',
                    users      BIGINT NOT NULL COMMENT 'Users with attention to the product: in the sample of the fit; if it was not fitted, those on the run date who also have attention to a fitted product',
                    is_fitted  BOOLEAN NOT NULL COMMENT 'Whether the fit used the product (the 5000 most popular by default); otherwise it belongs to the group that its users prefer most'""");

    public static final Table PORTRAITS = Table.named("portraits")
            .describedAs(
                    "One row per portrait: a group of similar users, what distinguishes them, and what they spend.")
            .writtenBy("portraits")
            .keyedBy("day", "portrait_id")
            .partitionedBy("day")
            .published()
            .fractions("user_fraction", "stability", "retained_rate")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    portrait_id    STRING NOT NULL COMMENT 'Identifier of the portrait, stable from run to run',
                    name           STRING NOT NULL COMMENT 'Name from the configuration, else the one given at the fit: value, life stage or habit, and preferred category or, without one, products. It has only those parts that distinguished the portrait then, and more parts or a number if two names would be the same',
                    users          BIGINT NOT NULL COMMENT 'Users in the portrait',
                    user_fraction  DOUBLE NOT NULL COMMENT 'Users in the portrait over all users with a portrait, 0..1',
                    summary        STRING NOT NULL COMMENT 'What distinguishes it, in words',
                    top_categories STRING NOT NULL COMMENT 'Categories that its users prefer more than the average user, most distinctive first, at most four, each with how many times as much',
                    top_products   STRING NOT NULL COMMENT 'Products that its users prefer more than the average user, most distinctive first; empty when portraits are described by categories alone',
                    top_tags       STRING NOT NULL COMMENT 'Tags that its users have more often than the average user, most distinctive first',
                    net_spend_90d  DECIMAL(18,2) NOT NULL COMMENT 'Mean net spend per user in 90 days: money paid less money refunded',
                    orders_90d     DOUBLE NOT NULL COMMENT 'Mean orders per user in 90 days',
                    sharer_rate    DOUBLE NOT NULL COMMENT 'Fraction of its users who shared in the last 90 days, 0..1',
                    stability      DOUBLE COMMENT 'Mean overlap (Jaccard) with the best matching group when the model is refitted on resampled users, 0..1; .75 and more is stable; null for newcomers',
                    change         STRING NOT NULL COMMENT 'Change since the previous run: new, kept, split (one of several parts of a former portrait) or merged (from several former portraits). portrait_transitions lists portraits that are gone',
                    retained_rate  DOUBLE COMMENT 'Fraction of its users of the previous run who are still in it, 0..1; null when it had none',
                    spread_ratio   DOUBLE COMMENT 'Mean distance of its users to its centre / the same on the day of the fit: 1 = unchanged, above 1 = users differ more than then; null for newcomers'""");

    public static final Table USER_PORTRAITS = Table.named("user_portraits")
            .describedAs(
                    "One row per user, and per other buyer who acted in 365 days: their portrait on the run date. Likely joint accounts have no row.")
            .writtenBy("portraits")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .published()
            .fractions("confidence")
            .columns("""
                    day                  DATE NOT NULL COMMENT 'Run date',
                    user_id              STRING NOT NULL COMMENT 'Identifier of the user',
                    portrait_id          STRING NOT NULL COMMENT 'Portrait of the user',
                    portrait_name        STRING NOT NULL COMMENT 'Name of the portrait',
                    confidence           DOUBLE COMMENT 'Probability that the user belongs to this portrait and not to another one, given the activity of the last 365 days, 0..1: of the users with .9, nine of ten are in the right portrait. It takes the portraits as given; portraits.stability says how stable they are. Null for newcomers, who are assigned by a rule',
                    since                DATE NOT NULL COMMENT 'First run date of the current uninterrupted stay in this portrait',
                    previous_portrait_id STRING COMMENT 'The portrait before this one; null when the user had no other'""");

    public static final Table HOLDOUT_PORTRAITS = Table.named("holdout_portraits")
            .describedAs(
                    "One row per user: the portrait of the user before the holdout. Product fit is measured on the holdout days, so it uses portraits that do not depend on these days.")
            .writtenBy("portraits")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .columns("""
                    day         DATE NOT NULL COMMENT 'Run date',
                    user_id     STRING NOT NULL COMMENT 'Identifier of the user',
                    portrait_id STRING NOT NULL COMMENT 'Portrait of the user at the end of as_of',
                    as_of       DATE NOT NULL COMMENT 'Last day of events that the portrait uses; the holdout is the days after it, up to the run date'""");

    public static final Table PORTRAIT_TRANSITIONS = Table.named("portrait_transitions")
            .describedAs(
                    "One row per portrait of the previous run and portrait of today: users who moved or stayed, and what became of both portraits.")
            .writtenBy("portraits")
            .keyedBy("day", "from_portrait_id", "to_portrait_id")
            .partitionedBy("day")
            .published()
            .fractions("from_fraction", "to_fraction")
            .columns("""
                    day              DATE NOT NULL COMMENT 'Run date',
                    from_portrait_id STRING NOT NULL COMMENT 'Portrait on the previous run; (none) for users who are new since then',
                    from_name        STRING NOT NULL COMMENT 'Name of this portrait on the previous run',
                    to_portrait_id   STRING NOT NULL COMMENT 'Portrait today; (none) for users who no longer exist',
                    to_name          STRING NOT NULL COMMENT 'Name of this portrait today',
                    previous_day     DATE NOT NULL COMMENT 'Date of the previous run',
                    users            BIGINT NOT NULL COMMENT 'Users with this pair of portraits; 0 only for a portrait that is gone and had no users left',
                    from_fraction    DOUBLE NOT NULL COMMENT 'These users over all users of the portrait on the previous run, 0..1',
                    to_fraction      DOUBLE NOT NULL COMMENT 'These users over all users of the portrait today, 0..1',
                    from_change      STRING COMMENT 'What became of the portrait of the previous run: kept, split, merged or gone; null for (none)',
                    to_change        STRING COMMENT 'How the portrait of today came about: kept, split, merged or new; null for (none)',
                    description      STRING NOT NULL COMMENT 'What the row means, in words'""");
}
