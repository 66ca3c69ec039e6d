package koc.tables;

import koc.warehouse.Table;

/** What the recommend job writes: every KOC's pool, and the products the pool will want, with the reason. */
public final class RecommendTables {
    private RecommendTables() {}

    public static final Table KOC_POOL_MIX = Table.named("koc_pool_mix")
            .describedAs("One row per KOC and portrait: who is in the KOC's traffic pool (its open ties).")
            .writtenBy("recommend")
            .keyedBy("day", "koc_id", "portrait_id")
            .partitionedBy("day")
            .published()
            .shares("share", "population_fraction")
            .columns("""
                    day           DATE NOT NULL COMMENT 'Run date',
                    koc_id        STRING NOT NULL COMMENT 'User id of the KOC',
                    portrait_id   STRING NOT NULL COMMENT 'Portrait',
                    portrait_name STRING NOT NULL COMMENT 'Its name',
                    members       BIGINT NOT NULL COMMENT 'Members of the pool in the portrait',
                    share         DOUBLE NOT NULL COMMENT 'members over the pool, 0..1',
                    population_fraction DOUBLE NOT NULL COMMENT 'Share of the portrait among all users, to compare with'""");

    public static final Table KOC_RECOMMENDATIONS = Table.named("koc_recommendations")
            .describedAs("One row per KOC and rank: the products the KOC's own pool will want next, with the reason.")
            .writtenBy("recommend")
            .keyedBy("day", "koc_id", "rank")
            .partitionedBy("day")
            .published()
            .shares("fit", "trust", "loyalty", "generality")
            .check("rank >= 1")
            .check("expected_buyers >= 0")
            .columns("""
                    day               DATE NOT NULL COMMENT 'Run date',
                    koc_id            STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type          STRING NOT NULL COMMENT 'employee, guide, external or user',
                    rank              INT NOT NULL COMMENT '1 is the first to recommend',
                    product_id        STRING NOT NULL COMMENT 'Product to recommend',
                    title             STRING COMMENT 'Name of the product',
                    category          STRING COMMENT 'Its category path',
                    is_new            BOOLEAN NOT NULL COMMENT 'Whether it was launched within the last koc.recommend.new-products.days; then it is judged by what products like it did, first handed to KOCs who are loyal to its category, and few such are on a list',
                    score             DOUBLE NOT NULL COMMENT 'What the ranking is by: expected_buyers x the factors for need, margin, trust, generality, own use and coordination',
                    score_rank        INT NOT NULL COMMENT 'Rank by score alone',
                    promoted_by          STRING COMMENT 'What brought it before a product of higher score: mix (the list follows the pool), floor (a portrait was left without), category_cap (too many of a category), new (too many new products); null when nothing did',
                    expected_buyers   DOUBLE NOT NULL COMMENT 'Members of the pool who will newly buy it, or need it again and buy it, within koc.recommend.horizon-days',
                    expected_margin   DECIMAL(18,2) COMMENT 'expected_buyers x margin per unit; null when the cost is unknown',
                    repurchase_factor       DOUBLE NOT NULL COMMENT 'Factor of the score for buyers who need it again, each of whom counts koc.recommend.weight.need; 1 without any',
                    margin_factor     DOUBLE NOT NULL COMMENT 'Factor of the score for margin per unit; 1 when unknown or as usual',
                    trust_factor      DOUBLE NOT NULL COMMENT 'Factor of the score for trust; 1 when trust is as usual',
                    generality_factor DOUBLE NOT NULL COMMENT 'Factor of the score for generality in a mixed pool; 1 when the pool is of one kind',
                    own_use_factor    DOUBLE NOT NULL COMMENT 'Factor of the score for the KOC''s own use; 1 without',
                    overlap_factor DOUBLE NOT NULL COMMENT 'Factor of the score for what members hear from other KOCs as well; 1 when they do not',
                    fit               DOUBLE NOT NULL COMMENT 'Fit of the product with the pool''s mix, 0..1; above .5 is better than average',
                    trust             DOUBLE NOT NULL COMMENT 'Trust in the product, 0..1',
                    loyalty           DOUBLE NOT NULL COMMENT 'The KOC''s own use, 0..1: 0 never bought, .5 bought once, more when bought again or reviewed well',
                    advice            STRING NOT NULL COMMENT 'recommend, or sample first when the KOC does not use it itself',
                    level             STRING COMMENT 'Level of the KOC; null when it is not ranked',
                    interest          STRING NOT NULL COMMENT 'Type of event that buyers are told by: purchase, or the strongest kind of interest where too few ever bought',
                    generality        DOUBLE NOT NULL COMMENT 'How evenly portraits buy it, 0..1',
                    pool_size         BIGINT NOT NULL COMMENT 'Members of the pool',
                    owners            BIGINT NOT NULL COMMENT 'Members who already have it and do not need it again yet',
                    holders           BIGINT NOT NULL COMMENT 'Members who have it, those who need it again included',
                    from_portraits    DOUBLE NOT NULL COMMENT 'Of expected_buyers before appetite and taste: because the portraits of its buyers like it; 0 for a new product',
                    from_new_users    DOUBLE NOT NULL COMMENT 'The same, of members who have bought nothing yet, and of who stands in for a thin pool; 0 for a new product',
                    from_item_model    DOUBLE NOT NULL COMMENT 'The same, because of what members bought before',
                    from_repurchase         DOUBLE NOT NULL COMMENT 'The same, of members who have it and need it again, whatever speaks for it',
                    from_influence    DOUBLE NOT NULL COMMENT 'The same, because the KOC moves these portraits',
                    from_cold_start       DOUBLE NOT NULL COMMENT 'The same, of a new product: because of what products like it did with these portraits, and of its own first buyers',
                    from_long_tail         DOUBLE NOT NULL COMMENT 'The same as from_item_model, of a product too rare for the item model: because it goes with what members bought before',
                    appetite          DOUBLE NOT NULL COMMENT 'How much more the pool has bought it than everybody would, shrunk towards 1',
                    product_affinity_factor   DOUBLE NOT NULL COMMENT 'The appetite, to the power that was learned; (from_portraits + .. + from_long_tail) x product_affinity_factor x category_affinity_factor = expected_buyers',
                    taste             DOUBLE NOT NULL COMMENT 'How much more of its category the pool''s members have or looked at than people of their portraits, nearer to 1 where others stand in for a thin pool; 1 for a product without a category',
                    category_affinity_factor      DOUBLE NOT NULL COMMENT 'The taste, to the power that was learned',
                    target_portraits  STRING NOT NULL COMMENT 'Portraits of the pool that will buy it, most buyers first',
                    basis             STRING NOT NULL COMMENT 'pool, or what stands in for a thin pool: county or everybody',
                    reason            STRING NOT NULL COMMENT 'Why, in words with the numbers',
                    change            STRING NOT NULL COMMENT 'Against the previous day: new, kept, up or down',
                    previous_rank     INT COMMENT 'Rank on the previous day, if it had one'""");

    public static final Table BASELINE_RECOMMENDATIONS = Table.named("baseline_recommendations")
            .describedAs(
                    "One row per recommender, KOC and rank: what other ways to recommend would have said, for a backtest to compare with.")
            .writtenBy("recommend")
            .keyedBy("day", "recommender", "koc_id", "rank")
            .partitionedBy("day")
            .check("rank >= 1")
            .check("expected_buyers >= 0")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    recommender     STRING NOT NULL COMMENT 'popularity, recent_popularity, pool_popularity, portrait_fit, portrait_buyers, item_model, or without_ and what the list is made without: mix, floor, category_cap (steps of re-ranking), new (new products), coordination, generality, need (factors of the score; need only where koc.recommend.weight.need is between 0 and 1), stock, campaigns (what keeps products out)',
                    koc_id          STRING NOT NULL COMMENT 'User id of the KOC',
                    rank            INT NOT NULL COMMENT '1 is the first to recommend; without gaps',
                    product_id      STRING NOT NULL COMMENT 'Product it would recommend',
                    expected_buyers DOUBLE COMMENT 'Members of the pool who will newly buy it, or need it again and buy it, within koc.recommend.horizon-days; null when the recommender forecasts none'""");

    public static final Table BUYER_MODEL = Table.named("buyer_model")
            .describedAs(
                    "One row per coefficient: how expected buyers are told from what is known of a pool, learned from what pools bought next.")
            .writtenBy("recommend")
            .keyedBy("day", "coefficient")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    coefficient    STRING NOT NULL COMMENT 'from_...: weight of that source of expected buyers, from_repurchase: of those for whom it is time; product_affinity_exponent, category_affinity_exponent: powers of appetite and taste; recency_0..3: how much more than a usual buyer one buys who last bought within 7, 28, 90 days or earlier; breadth_0..5: the same of who has less than .25, .5, 1, 2, 4 times as many products as usual, or more',
                    value          DOUBLE NOT NULL COMMENT 'The coefficient; weights are for koc.recommend.horizon-days',
                    interest       STRING NOT NULL COMMENT 'Type of event that buyers are told by: purchase, or the strongest kind of interest where too few ever bought',
                    holdout       STRING NOT NULL COMMENT 'What it was learned on: days (the days after trained_until) or share (a fifth of all, where there are too few such days)',
                    trained_until DATE NOT NULL COMMENT 'Last day of what it was told before it had to foresee the rest',
                    first_purchases   BIGINT NOT NULL COMMENT 'Users x products newly bought in what it had to foresee',
                    log_likelihood DOUBLE NOT NULL COMMENT 'How probable it makes what was bought: Poisson log-likelihood, less constants'""");
}
