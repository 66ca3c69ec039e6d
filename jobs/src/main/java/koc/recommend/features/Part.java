package koc.recommend.features;

import java.util.Arrays;
import java.util.List;

/**
 * The parts of the expected buyers: the buyers that one kind of evidence expects, before its weight. {@link
 * CandidateFeatures} describes each. The order is that of the weights of the buyer model.
 */
public enum Part {
    PORTRAIT("portrait_part", "from_portraits"),
    NON_BUYER("non_buyer_part", "from_non_buyers"),
    ITEM_MODEL("item_model_part", "from_item_model"),
    REPURCHASE("repurchase_part", "from_repurchase"),
    INFLUENCE("influence_part", "from_influence"),
    COLD_START("cold_start_part", "from_cold_start"),
    LONG_TAIL("long_tail_part", "from_long_tail"),
    POPULARITY("popularity_part", "from_popularity"),
    MONTHLY_POPULARITY("monthly_popularity_part", "from_monthly_popularity"),
    WEEKLY_POPULARITY("weekly_popularity_part", "from_weekly_popularity"),
    POOL("pool_part", "from_pool"),
    PORTRAIT_POPULARITY("portrait_popularity_part", "from_portrait_popularity");

    /** Prefix of the columns for owners who are due to repurchase. */
    static final String DUE = "due_";

    private final String column;
    private final String publishedColumn;

    Part(String column, String publishedColumn) {
        this.column = column;
        this.publishedColumn = publishedColumn;
    }

    /** The position of its weight among the weights of the buyer model, from 0. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
        return ordinal();
    }

    /** Its column in the features; also its coefficient in buyer_model, the weight. */
    public String column() {
        return column;
    }

    /**
     * Its column in the features for owners who are due to repurchase. {@link #REPURCHASE} has none, because it
     * describes these owners only.
     */
    public String dueColumn() {
        return DUE + column;
    }

    /** The column of koc_recommendations with its buyers, after the weight and the affinities. */
    public String publishedColumn() {
        return publishedColumn;
    }

    /** The column of its buyers after the weight, and before the affinities. */
    public String weightedColumn() {
        return "weighted_" + column;
    }

    /** Whether it grows with history, as rates of ownership do; repurchases and popularity of recent weeks do not. */
    public boolean growsWithHistory() {
        return this != REPURCHASE && this != MONTHLY_POPULARITY && this != WEEKLY_POPULARITY;
    }

    /** The names of all {@link #column}s. */
    public static List<String> columns() {
        return Arrays.stream(values()).map(Part::column).toList();
    }

    /** The names of all {@link #publishedColumn}s. */
    public static List<String> publishedColumns() {
        return Arrays.stream(values()).map(Part::publishedColumn).toList();
    }
}
