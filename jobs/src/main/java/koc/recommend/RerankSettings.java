package koc.recommend;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.List;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of re-ranking: how the products with the highest scores become a list that suits the pool.
 * conf/reference.conf explains the keys of {@code koc.recommend.rerank}, {@code new-products.max-per-list} and {@code
 * not-ready}.
 *
 * @param stock whether products known to be out of stock are left out
 * @param campaigns whether products that campaigns forbid are left out
 * @param depth candidates for a list, as a multiple of its length
 * @param mix whether the list follows the pool's mix of portraits
 * @param floor whether large portraits get a product of their own
 * @param categoryCap how much of the list one category may fill
 * @param overlapPenalty how KOCs whose pools overlap avoid the same products
 * @param maxNew maximum number of new products on a list, unless no other product is left
 * @param notReady what happens to products that the KOC is not ready for
 */
@Key("koc.recommend.rerank")
public record RerankSettings(
        Stock stock,
        Campaigns campaigns,
        @Range(min = 1, max = 100) int depth,
        Mix mix,
        Floor floor,
        CategoryCap categoryCap,
        OverlapPenaltySettings overlapPenalty,

        @Key("koc.recommend.new-products.max-per-list") @Range(min = 0, max = 1_000)
        int maxNew,

        @Key("koc.recommend.not-ready") NotReadyPolicy notReady)
        implements Serializable {
    /** The steps of re-ranking that a list can be made without; each departs from the order by score. */
    public static final List<String> STEPS = List.of("mix", "floor", "category_cap", "readiness");

    /** Whether products known to be out of stock are left out. */
    public record Stock(@Key("on") boolean isOn) implements Serializable {}

    /** Whether products that campaigns forbid are left out. */
    public record Campaigns(@Key("on") boolean isOn) implements Serializable {}

    /** Whether the list follows the pool's mix of portraits, and the weight of the mix against the score. */
    public record Mix(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double weight) implements Serializable {}

    /**
     * Whether large portraits get a product of their own, and the fraction of the pool from which a portrait is large.
     */
    public record Floor(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double minPoolFraction) implements Serializable {}

    /** Whether a category may fill only a fraction of the list, and that fraction. */
    public record CategoryCap(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double maxFraction) implements Serializable {}

    /**
     * The overlap penalty.
     *
     * @param weight fraction of its score that a product loses when all members hear about it from KOCs with a higher
     *     priority
     * @param levelWeight increase of the priority for each level of the KOC above recruit
     * @param minOverlap minimum fraction of a pool's members who are also in another pool, for the other pool to count
     */
    public record OverlapPenaltySettings(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 0.9) double weight,
            @Range(min = 0, max = 10) double levelWeight,
            @Range(min = 0.01, max = 1) double minOverlap)
            implements Serializable {}

    public static RerankSettings from(Config config) {
        return SettingsBinder.bind(config, RerankSettings.class);
    }

    /**
     * The same without one of {@link #STEPS}. Without "readiness", products that the KOC is not ready for keep their
     * rank, and the row says so.
     */
    public RerankSettings without(String step) {
        return switch (step) {
            case "mix" -> with(new Mix(false, mix.weight()), floor, categoryCap, maxNew);
            case "floor" -> with(mix, new Floor(false, floor.minPoolFraction()), categoryCap, maxNew);
            case "category_cap" -> with(mix, floor, new CategoryCap(false, categoryCap.maxFraction()), maxNew);
            case "readiness" ->
                new RerankSettings(
                        stock, campaigns, depth, mix, floor, categoryCap, overlapPenalty, maxNew, NotReadyPolicy.MARK);
            default -> throw new IllegalArgumentException("no step " + step + " among " + STEPS);
        };
    }

    /** The same, with no new product on a list. */
    public RerankSettings withoutNewProducts() {
        return with(mix, floor, categoryCap, 0);
    }

    private RerankSettings with(Mix newMix, Floor newFloor, CategoryCap newCap, int newMax) {
        return new RerankSettings(stock, campaigns, depth, newMix, newFloor, newCap, overlapPenalty, newMax, notReady);
    }
}
