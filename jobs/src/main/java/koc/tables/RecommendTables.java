package koc.tables;

import koc.warehouse.Table;

/** What the recommend job writes: the pool of every KOC, and the products that its members will most likely buy. */
public final class RecommendTables {
    private RecommendTables() {}

    public static final Table KOC_POOL_MIX = Table.named("koc_pool_mix")
            .describedAs("One row per KOC and portrait: how many members of the KOC's traffic pool are in it.")
            .writtenBy("recommend")
            .keyedBy("day", "koc_id", "portrait_id")
            .partitionedBy("day")
            .published()
            .fractions("member_fraction", "population_fraction")
            .columns("""
                    day                 DATE NOT NULL COMMENT 'Run date',
                    koc_id              STRING NOT NULL COMMENT 'User id of the KOC',
                    portrait_id         STRING NOT NULL COMMENT 'Portrait',
                    portrait_name       STRING NOT NULL COMMENT 'Name of the portrait',
                    members             BIGINT NOT NULL COMMENT 'Members of the pool in the portrait',
                    member_fraction     DOUBLE NOT NULL COMMENT 'members / all members of the pool, 0..1. Members without a portrait count in the divisor, so the fractions of a pool may sum to less than 1',
                    population_fraction DOUBLE NOT NULL COMMENT 'Of all users with a portrait, the fraction in this one, 0..1, for comparison'""");

    public static final Table KOC_RECOMMENDATIONS = Table.named("koc_recommendations")
            .describedAs(
                    "One row per KOC and rank: a product that members of the KOC's pool will probably buy next, with the reason.")
            .writtenBy("recommend")
            .keyedBy("day", "koc_id", "rank")
            .partitionedBy("day")
            .published()
            .fractions("fit", "trust", "product_loyalty", "generality", "no_buyer_chance")
            .check("rank >= 1")
            .check("expected_buyers >= 0")
            .columns("""
                    day                      DATE NOT NULL COMMENT 'Run date',
                    koc_id                   STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type                 STRING NOT NULL COMMENT 'employee, guide, external or user',
                    rank                     INT NOT NULL COMMENT 'Position on the list after re-ranking by score. It follows what the pool will probably buy, even without a share. The product to share next is the one with is_next_product',
                    product_id               STRING NOT NULL COMMENT 'Product to recommend',
                    title                    STRING COMMENT 'Name of the product',
                    category                 STRING COMMENT 'Category path of the product',
                    is_new                   BOOLEAN NOT NULL COMMENT 'Whether it was launched recently, by default within the last 60 days. Its buyers are estimated from comparable products. In the first 14 days after its launch (default) only KOCs who are loyal to its category get it. All KOCs get it if it has neither a category nor a product group, or if target_event is not purchase. A list has at most 3 new products (default), more only if no other product is left',
                    score                    DOUBLE NOT NULL COMMENT 'Score before re-ranking: expected_buyers x repurchase_factor x margin_factor x trust_factor x generality_factor x own_use_factor x overlap_factor',
                    score_rank               INT NOT NULL COMMENT 'Rank by score alone',
                    promoted_by              STRING COMMENT 'Re-ranking step that moved it above a product with a higher score: mix (the list follows the portraits of the pool), floor (a portrait had no product), category_cap (the other product''s category was full), new_products (the other product is new, and the list had its maximum of new products), readiness (the KOC is not ready for the other product); null when none did',
                    expected_buyers          DOUBLE NOT NULL COMMENT 'Members of the pool expected to buy it in the next days, by default 28: first purchases and due repurchases',
                    extra_buyers_if_shared   DOUBLE COMMENT 'Additional buyers if the KOC shares it once: buyers expected without influence x (influence lift - 1), over the days for which the lift is measured, by default 7 of the 28; null when the influence of the KOC is unknown',
                    extra_days               INT NOT NULL COMMENT 'Days after the share in which these buyers buy: those for which influence lifts are measured, by default 7, at most horizon_days',
                    extra_buyers_if_shared_low  DOUBLE COMMENT 'Lower end of its 90% interval, from that of the lift; below 0 when the lift may be below 1',
                    extra_buyers_if_shared_high DOUBLE COMMENT 'Upper end of its 90% interval',
                    unit_cost                DECIMAL(18,2) COMMENT 'Cost of one unit to the brand, which is also the cost of a sample; null when unknown',
                    unit_commission          DECIMAL(18,2) COMMENT 'Commission of the KOC on one unit: price x the rate that koc.economics.commission.rules gives for its margin. It leaves out coupons, the part of an inviter, and the factor for best sellers, which depends on the sales of the month. Null when the price or the margin is unknown',
                    usual_buyers             DOUBLE NOT NULL COMMENT 'Buyers of the product among all users in as many days as extra_days: the mean of the last 90 days, or of fewer with a shorter history or a later launch. A buyer is a user with a kept purchase, and counts once a day. If extra_buyers_if_shared is larger, read it as an upper limit',
                    usual_extra_buyers       DOUBLE COMMENT 'Purchases that one product post of the KOC probably added on average in the last 90 days, whatever the product: koc_ranking.extra_buyers_90d / product_shares_90d. If extra_buyers_if_shared is much larger, read it as an upper limit; null without a measured post',
                    is_above_record          BOOLEAN COMMENT 'Whether extra_buyers_if_shared is more than twice usual_extra_buyers: expect less; null when either is unknown',
                    no_buyer_chance          DOUBLE COMMENT 'Chance, 0..1, that nobody of the pool buys it in extra_days after a share: exp(-(buyers without the KOC''s influence + extra_buyers_if_shared)); null when the influence of the KOC is unknown',
                    extra_margin_if_shared   DECIMAL(18,2) COMMENT 'Extra buyers x (margin per unit - unit_commission), less one unit_cost if a sample comes first (see advice). Extra buyers are extra_buyers_if_shared; if is_above_record, the larger of usual_extra_buyers and 0. Below 0 when a share costs more than it brings; null when the influence of the KOC or the cost is unknown, when the KOC is not ready, and when the product is to be checked first',
                    extra_margin_if_shared_low DECIMAL(18,2) COMMENT 'The same with extra_buyers_if_shared_low, if that is less: below 0 when it is not sure that a share adds margin',
                    is_actionable            BOOLEAN NOT NULL COMMENT 'Whether to act on it: at least 0.5 expected buyers (default), the KOC is ready for it, it need not be checked first (see advice), and extra_buyers_if_shared_high is above 0 or unknown. Every product on the list passes the quality gate',
                    is_next_product          BOOLEAN NOT NULL COMMENT 'Whether the KOC shares it next; at most one row per KOC. Of the products to act on (is_actionable), it is the one with the largest extra_margin_if_shared, if that is above 0. If none is above 0, it is the first by rank whose margin is unknown, and whose extra_buyers_if_shared is above 0 or unknown. A product that needs a sample of unknown cost comes after the others',
                    next_action              STRING NOT NULL COMMENT 'What the marketer does next, in one sentence',
                    expected_margin          DECIMAL(18,2) COMMENT 'expected_buyers x margin per unit; null when the cost is unknown',
                    repurchase_factor        DOUBLE NOT NULL COMMENT 'Factor of the score: a buyer who is due to repurchase counts 0.25 by default; 1 without such buyers',
                    margin_factor            DOUBLE NOT NULL COMMENT 'Factor of the score for margin per unit; 1 at the median or when unknown',
                    trust_factor             DOUBLE NOT NULL COMMENT 'Factor of the score for trust; 1 at the median or when not assessed',
                    generality_factor        DOUBLE NOT NULL COMMENT 'Factor of the score for generality in a mixed pool; 1 in a pool of one portrait',
                    own_use_factor           DOUBLE NOT NULL COMMENT 'Factor of the score for the KOC''s own use; 1 when the KOC does not use it',
                    overlap_factor           DOUBLE NOT NULL COMMENT 'Factor of the score when members are also in pools of KOCs with priority for this product; 1 when they are not',
                    fit                      DOUBLE NOT NULL COMMENT 'Fit of the product with the pool''s mix of portraits, 0..1; above .5 is better than average',
                    trust                    DOUBLE NOT NULL COMMENT 'Trust in the product, 0..1',
                    product_loyalty          DOUBLE NOT NULL COMMENT 'How often the KOC used the product, 0..1: 1 - .5^uses, where a use is a day with a kept purchase, or a review of four or five stars. A product that the KOC complained about, returned, or gave one or two stars is never on the list',
                    is_ready                 BOOLEAN NOT NULL COMMENT 'Whether the KOC is ready for this product: tied to the brand, and approving the products they tried or this one. Unlike koc_ranking.is_ready, it does not require that they use any product. Always true for a KOC who is not ranked, and if target_event is not purchase',
                    not_ready_reason         STRING COMMENT 'Why the KOC is not ready: tie (not tied to the brand) or approval (approves too few of the products they tried, and does not use this one); null when ready',
                    advice                   STRING NOT NULL COMMENT 'What the KOC does: recommend, sample first (the KOC has not used it), check first (mean stars below 2.5 from at least 2 reviews and complaints together: the brand checks it before anybody shares it) or not ready (see is_ready). By default, the list begins with ready products, as far as the caps on categories and new products allow; those that the KOC is not ready for follow',
                    level                    STRING COMMENT 'Level of the KOC; null when the KOC is not ranked',
                    horizon_days             INT NOT NULL COMMENT 'Days after the run date for which buyers are expected',
                    target_event             STRING NOT NULL COMMENT 'Event that counts as buying: purchase. With too few purchases, the strongest event type with enough records',
                    generality               DOUBLE NOT NULL COMMENT 'How evenly the portraits buy it, 0..1',
                    pool_size                BIGINT NOT NULL COMMENT 'Members of the pool',
                    buying_members           BIGINT NOT NULL COMMENT 'Members who own a product',
                    owners_not_due           BIGINT NOT NULL COMMENT 'Members who own it and are not due to repurchase',
                    owners                   BIGINT NOT NULL COMMENT 'Members who own it, those due to repurchase included',
                    from_portraits           DOUBLE NOT NULL COMMENT 'w x expected buyers among members who own other products but not this one, at the rates of their portraits. w, the weight of the pool''s own members, is buying_members / 10 (default), at most 1. 0 for a new product. The from_ columns include the trained weights and both affinity factors, and together sum to expected_buyers',
                    from_non_buyers          DOUBLE NOT NULL COMMENT 'The sum of two numbers, with w as in from_portraits; 0 for a new product. First: w x expected buyers among members who own no product, at the rates of their portraits. Second: (1 - w) x expected buyers among all members who do not own this product, at the mean rate of the users who complete the pool (see basis)',
                    from_item_model          DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from what they bought before; 0 for a product that is too rare for the item model',
                    from_repurchase          DOUBLE NOT NULL COMMENT 'Expected buyers among owners who are due to repurchase, from all parts together',
                    from_influence           DOUBLE NOT NULL COMMENT 'Buyers whom the KOC''s influence adds: w x members who own other products but not this one, at the rate of their portrait x (influence lift - 1), at least 0. w is that of from_portraits',
                    from_cold_start          DOUBLE NOT NULL COMMENT 'Expected buyers of a new product, from comparable products and its own first buyers; 0 for other products',
                    from_long_tail           DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from what they bought before, for a product that is too rare for the item model; 0 for other products',
                    from_popularity          DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from its popularity among all users; 0 for a new product',
                    from_monthly_popularity   DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from its monthly popularity: an owner counts half for every 28 days since they bought it; 0 for a new product',
                    from_weekly_popularity   DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from its weekly popularity: an owner counts half for every 7 days since they bought it; 0 for a new product',
                    from_pool                DOUBLE NOT NULL COMMENT 'Expected buyers among members who do not own it, from the fraction of the pool that owns it; 0 for a new product',
                    from_portrait_popularity DOUBLE NOT NULL COMMENT 'Expected buyers among all members except owners who are due, from the product''s popularity in the pool''s mix of portraits. It differs from from_portraits in two ways: owners who are not due count too, and active members count no more than others. 0 for a new product',
                    product_affinity         DOUBLE NOT NULL COMMENT 'Owners in the pool over owners in a pool of average users, shrunk towards 1',
                    product_affinity_factor  DOUBLE NOT NULL COMMENT 'product_affinity to the power of its trained exponent; a factor of every from_ column',
                    category_affinity        DOUBLE NOT NULL COMMENT 'Fraction of its category in what the members own or looked at, over that of all users of the same portraits, shrunk towards 1; nearer to 1 in a thin pool (see basis), 1 for a product with neither a category nor a product group',
                    category_affinity_factor DOUBLE NOT NULL COMMENT 'category_affinity to the power of its trained exponent; a factor of every from_ column',
                    target_portraits         STRING NOT NULL COMMENT 'Up to 3 portraits of the pool with at least 5% of the expected buyers, most buyers first; members without a portrait are named as if they were one',
                    top_portrait_id          STRING COMMENT 'The first of target_portraits; null when these are the members without a portrait',
                    top_portrait             STRING COMMENT 'Name of this portrait',
                    top_portrait_buyers      DOUBLE COMMENT 'Part of expected_buyers that comes from this portrait, in proportion to its fraction of the pool (see basis) x its rate',
                    top_portrait_lift        DOUBLE COMMENT 'Lift of the product in this portrait (product_portrait_fit); null when it has none',
                    top_portrait_lift_low    DOUBLE COMMENT 'Lower bound of this lift',
                    peer_level               INT COMMENT 'Closest level with a comparable product, for a new product: 4 same category, brand and price band; 3 category and brand; 2 category and price band; 1 category; 0 all products. Its buyers are estimated from this level and all lower ones. Null when it is not new',
                    peer_products            BIGINT COMMENT 'Comparable products of peer_level',
                    peer_buyers              BIGINT COMMENT 'Their buyers, once for each product',
                    basis                    STRING NOT NULL COMMENT 'Users whose portraits are counted: pool (its members), or for a pool with too few buying members, by default fewer than 10, county (completed with users of the county) or all_users (with all users)',
                    reason                   STRING NOT NULL COMMENT 'Why, in one or two sentences that can be sent to the KOC, who is addressed as you. The numbers are columns of the row, rounded',
                    change                   STRING NOT NULL COMMENT 'Change since the previous run: new (not on its list), kept, up or down',
                    previous_rank            INT COMMENT 'Rank in the previous run; null when it was not on the list'""");

    public static final Table BASELINE_RECOMMENDATIONS = Table.named("baseline_recommendations")
            .describedAs(
                    "One row per recommender, KOC and rank: lists of simple recommenders, and of the published one without single steps, which a backtest compares with the published lists.")
            .writtenBy("recommend")
            .keyedBy("day", "recommender", "koc_id", "rank")
            .partitionedBy("day")
            .check("rank >= 1")
            .check("expected_buyers >= 0")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    recommender     STRING NOT NULL COMMENT 'Simple recommenders: popularity, holdout_popularity, pool_popularity, portrait_popularity, portrait_buyers, item_model. The published recommender without one of its steps: without_mix, without_floor, without_category_cap, without_readiness (re-ranking), without_new_products (no new product is on the list), without_overlap, without_generality, without_repurchase (factors of the score; the last only if weight.repurchase is between 0 and 1), without_stock, without_campaigns (rules that exclude products)',
                    koc_id          STRING NOT NULL COMMENT 'User id of the KOC',
                    rank            INT NOT NULL COMMENT 'Position on the list; 1 is the first, without gaps',
                    product_id      STRING NOT NULL COMMENT 'Recommended product',
                    expected_buyers DOUBLE COMMENT 'As in koc_recommendations; null when the recommender makes no forecast'""");

    public static final Table BUYER_MODEL = Table.named("buyer_model")
            .describedAs(
                    "One row per coefficient of the model of expected buyers, and one per holdout with its calibration. It is trained on one or more holdouts: labels are the purchases of a holdout, features are from the days before it (from all other pairs of user and product when it is random).")
            .writtenBy("recommend")
            .keyedBy("day", "coefficient")
            .partitionedBy("day")
            .columns("""
                    day             DATE NOT NULL COMMENT 'Run date',
                    coefficient     STRING NOT NULL COMMENT 'portrait_part, pool_part and so on: weight of this part of the expected buyers. portrait_part is published in koc_recommendations as from_portraits, non_buyer_part as from_non_buyers, every other x_part as from_x. product_affinity_exponent, category_affinity_exponent: exponents of the affinities. recency_0..3: factor of users who last bought less than 7, 28 or 90 days ago, or earlier. breadth_0..5: factor of users who own less than .25, .5, 1, 2 or 4 times the average number of products, or more. calibration_0, calibration_1 and so on: the latest holdout and the ones before it; buyers that the recommender expects there when trained on the other holdouts, over those who bought, among the products on the pools'' shortlists. None with fewer than 20 KOCs with buyers in the holdouts (default)',
                    value           DOUBLE NOT NULL COMMENT 'The coefficient; weights are for the horizon, by default 28 days',
                    target_event    STRING NOT NULL COMMENT 'Event that counts as buying: purchase, or the strongest event with enough records when too few purchases are recorded',
                    holdout         STRING NOT NULL COMMENT 'Kind of the holdouts, whose purchases are the training labels: temporal (days of history; the latest holdout begins after features_until), or random (a fifth of all pairs of user and product) when no temporal holdout has enough purchases (200 by default) in it and before it',
                    features_until  DATE NOT NULL COMMENT 'Last day that the features of the latest holdout use; the run date when the holdout is random',
                    purchases       BIGINT NOT NULL COMMENT 'Pairs of user and product used as training labels: first purchases and due repurchases in the holdouts',
                    log_likelihood  DOUBLE NOT NULL COMMENT 'Poisson log-likelihood of the purchases of all holdouts, each holdout weighted alike, without constants; 0 for a simple recommender and for an untrained model',
                    recommender     STRING NOT NULL COMMENT 'What is published: stack (all simple recommenders together), or the simple one that the stack is not surely better than: trained_popularity, trained_monthly_popularity, trained_weekly_popularity, trained_pool_popularity, trained_portrait_popularity, trained_portrait_buyers or trained_item_model. They are not the baselines of the backtest, which are not trained. A simple one has a weight of its own and one for new products. It also has a millionth for popularity, to order the products that it expects no buyers of; its other weights are 0',
                    holdouts        INT NOT NULL COMMENT 'Holdouts that the model was trained on, one after the other; features_until is that of the latest',
                    best_simple     STRING COMMENT 'The best simple recommender; null when fewer than 20 KOCs (default) have buyers to compare on',
                    koc_holdouts    BIGINT COMMENT 'Pairs of KOC and holdout with buyers, on which the stack and best_simple were compared; both were trained on other pairs. Null without a comparison',
                    stack_ndcg      DOUBLE COMMENT 'Mean NDCG of the stack on these pairs: of the products on the shortlist, in the order of expected buyers. It is not comparable with backtest_results, where all products count',
                    simple_ndcg     DOUBLE COMMENT 'Mean NDCG of best_simple on these pairs',
                    difference_low  DOUBLE COMMENT 'Lower end of the 95% interval of stack_ndcg less simple_ndcg; the stack is published when it is above 0',
                    difference_high DOUBLE COMMENT 'Upper end of this interval'""");
}
