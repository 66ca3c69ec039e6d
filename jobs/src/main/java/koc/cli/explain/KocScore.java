package koc.cli.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koc.kocs.KocSettings;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/** Computes the score, the rank and components of a KOC again from the row of koc_ranking. */
final class KocScore {
    private static final String WEIGHTS = "koc.kocs.score.weights.";
    /** From the first KOC to the last. */
    private static final Comparator<StoredRow> ORDER = Comparator.<StoredRow>comparingDouble(row -> -row.value("score"))
            .thenComparingDouble(row -> -orLowest(row.number("influence_low")))
            .thenComparingDouble(row -> -row.value("pool_size"))
            .thenComparing(row -> row.text("koc_id"));

    private final KocSettings.Score settings;

    KocScore(KocSettings.Score settings) {
        this.settings = settings;
    }

    /** The components and their weights, in the order in which they are added. */
    private Map<String, Weight> weights() {
        KocSettings.Weights weights = settings.weights();
        Map<String, Weight> all = new LinkedHashMap<>();
        all.put("influence", new Weight("influence", weights.influence()));
        all.put("reach_of_strong_ties", new Weight("reach", weights.reach()));
        all.put("own_use", new Weight("own-use", weights.ownUse()));
        all.put("content_and_answers", new Weight("content", weights.content()));
        all.put("persona_consistency", new Weight("persona", weights.persona()));
        all.put("restraint", new Weight("restraint", weights.restraint()));
        all.put("satisfaction", new Weight("satisfaction", weights.satisfaction()));
        return all;
    }

    private record Weight(String key, double value) {}

    /** Each component with its weight. */
    List<Entry> components(StoredRow ranking) {
        List<Entry> entries = new ArrayList<>();
        weights().forEach((component, weight) -> {
            entries.add(new Entry.Value(component, ranking.get(component), ranking.source(component)));
            entries.add(new Entry.Value("  its weight", weight.value(), WEIGHTS + weight.key()));
        });
        return entries;
    }

    /**
     * The score: the weighted mean of the components that are not null. Worked: influence .6 (weight .4) and own use .5
     * (.15), the others null, give .315 / .55 = .57.
     */
    Entry.Check score(StoredRow ranking) {
        double sum = 0;
        double total = 0;
        for (Map.Entry<String, Weight> weight : weights().entrySet()) {
            Double component = ranking.number(weight.getKey());
            if (component != null) {
                sum += component * weight.getValue().value();
                total += weight.getValue().value();
            }
        }
        return Entry.Check.of(
                ranking,
                "score",
                "sum of component x weight / sum of their weights = " + Numbers.text(sum) + " / " + Numbers.text(total),
                total == 0 ? 0 : Numbers.fraction(sum / total));
    }

    /** The rank among all KOCs: by score, then influence_low, then pool_size, then koc_id. */
    static Entry.Check rank(StoredRow ranking, List<StoredRow> all) {
        long better =
                all.stream().filter(other -> ORDER.compare(other, ranking) < 0).count();
        return Entry.Check.of(ranking, "rank", "1 + KOCs before it, of " + all.size(), better + 1.0);
    }

    private static double orLowest(@Nullable Double value) {
        return value == null ? Double.NEGATIVE_INFINITY : value;
    }

    /** Credibility: the product of 1 - severity over the flags of the KOC. */
    static Entry.Check credibility(StoredRow ranking, List<StoredRow> flags) {
        double credibility = 1;
        for (StoredRow flag : flags) {
            credibility *= Numbers.fraction(1 - flag.value("severity"));
        }
        return Entry.Check.of(
                ranking, "credibility", "product of 1 - severity over " + flags.size() + " flags", credibility);
    }

    /**
     * The component influence: low / (1 + low) x credibility. Worked: 1.2 gives .55.
     *
     * @param priorLow of influence_priors, for a KOC who reached nobody; null if there is none
     * @return empty if the component is null
     */
    static List<Entry.Check> influence(StoredRow ranking, @Nullable Double priorLow) {
        Double low = ranking.number("influence_low");
        Double used = low == null ? priorLow : low;
        if (ranking.get("influence") == null || used == null) {
            return List.of();
        }
        String column = low == null ? "prior_low" : "influence_low";
        return List.of(Entry.Check.of(
                ranking,
                "influence",
                column + " / (1 + " + column + ") x credibility, with " + column + " " + Numbers.text(used),
                Numbers.fraction(used / (1 + used)) * ranking.value("credibility")));
    }

    /**
     * What the posts added: purchases expected without them x (lift - 1). Worked: 4 and a lift of 2.5 give 6.
     *
     * @param pool the row of koc_influence for the whole pool
     * @return empty if the lift is null
     */
    static List<Entry.Check> extraBuyers(StoredRow ranking, StoredRow pool) {
        if (ranking.get("extra_buyers_90d") == null) {
            return List.of();
        }
        double expected = pool.value("expected_purchases_90d");
        double lift = ranking.value("influence_lift");
        return List.of(Entry.Check.of(
                ranking,
                "extra_buyers_90d",
                "expected_purchases_90d x (influence_lift - 1) = " + Numbers.text(expected) + " x ("
                        + Numbers.text(lift) + " - 1)",
                expected * (lift - 1)));
    }

    /** The component reach: ln(1 + strong ties) / ln(1 + full-strong-ties) x credibility; empty if it is null. */
    List<Entry.Check> reach(StoredRow ranking) {
        if (ranking.get("reach_of_strong_ties") == null) {
            return List.of();
        }
        double ties = ranking.value("strong_ties");
        return List.of(Entry.Check.of(
                ranking,
                "reach_of_strong_ties",
                "ln(1 + " + Numbers.text(ties) + ") / ln(1 + " + settings.fullStrongTies() + ") x credibility",
                Numbers.fraction(Math.log1p(ties) / Math.log1p(settings.fullStrongTies()))
                        * ranking.value("credibility")));
    }

    /** The rate of buyers in the pool; empty without a pool. */
    static List<Entry.Check> poolBuyerRate(StoredRow ranking) {
        if (ranking.get("pool_buyer_rate") == null) {
            return List.of();
        }
        double buyers = ranking.value("attributed_buyers_90d");
        double members = ranking.value("pool_size");
        return List.of(Entry.Check.of(
                ranking,
                "pool_buyer_rate",
                Numbers.text(buyers) + " buyers / " + Numbers.text(members) + " members, at most 1",
                Math.min(1, buyers / members)));
    }
}
