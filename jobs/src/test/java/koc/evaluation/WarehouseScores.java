package koc.evaluation;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.evaluation.LandedData.Purchase;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;

/** Scores of the tables of a warehouse that ends at a cutoff, by what its landing folder says about the days after it. */
final class WarehouseScores {
    /** Members from which a KOC is scored, unless another number is given. */
    static final int MIN_POOL_SIZE = 10;

    /** Ranks that count, unless another number is given. */
    static final int LIST_LENGTH = 20;

    private static final int CATEGORY_LEVELS = 2;
    private static final String LEVEL = " > ";

    private final LandedData landed;
    private final Warehouse warehouse;
    private final LocalDate cutoff;

    WarehouseScores(LandedData landed, Warehouse warehouse, LocalDate cutoff) {
        this.landed = landed;
        this.warehouse = warehouse;
        this.cutoff = cutoff;
    }

    void printRecommendations(int minPoolSize, int length) {
        Map<String, List<String>> lists = new HashMap<>();
        warehouse
                .read(RecommendTables.KOC_RECOMMENDATIONS, cutoff)
                .where(col("rank").leq(length))
                .orderBy("koc_id", "rank")
                .select("koc_id", "product_id")
                .collectAsList()
                .forEach(row -> lists.computeIfAbsent(row.getString(0), any -> new ArrayList<>())
                        .add(row.getString(1)));
        PoolNdcg score = PoolNdcg.score(lists, landed.purchases(), landed.pools(), cutoff, minPoolSize, length);
        System.out.printf(
                Locale.ROOT,
                "recommendations: %d KOCs, %d with a list, NDCG@%d %.6f, buyers captured %.6f, hit rate %.6f, products %d%n",
                score.kocs(),
                score.kocsWithList(),
                length,
                score.ndcg(),
                score.buyersCaptured(),
                score.hitRate(),
                score.products());
    }

    void printPortraits(int horizonDays) {
        Map<String, String> portraits = new HashMap<>();
        warehouse
                .read(PortraitTables.USER_PORTRAITS, cutoff)
                .select("user_id", "portrait_id")
                .collectAsList()
                .forEach(row -> portraits.put(row.getString(0), row.getString(1)));
        PortraitGain categories = gain(portraits, this::category, horizonDays);
        PortraitGain products = gain(portraits, Purchase::product, horizonDays);
        System.out.printf(
                Locale.ROOT,
                "portraits: %d, predictive gain in nats a purchase: category %.6f (%d purchases), product %.6f (%d)%n",
                portraits.values().stream().distinct().count(),
                categories.nats(),
                categories.purchases(),
                products.nats(),
                products.purchases());
    }

    private PortraitGain gain(Map<String, String> portraits, Function<Purchase, String> target, int horizonDays) {
        return PortraitGain.score(portraits, landed.purchases(), target, cutoff, cutoff.plusDays(horizonDays));
    }

    /** The first two levels of the category path of a purchase's product. */
    private String category(Purchase purchase) {
        String path = landed.categories().getOrDefault(purchase.product(), "(none)");
        return Stream.of(path.split(LEVEL, -1)).limit(CATEGORY_LEVELS).collect(Collectors.joining(LEVEL));
    }
}
