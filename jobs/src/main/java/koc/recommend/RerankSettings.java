package koc.recommend;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.List;
import koc.config.Key;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * What makes a list of more than the best products; {@code koc.recommend.rerank} and {@code new-products.max-per-list} in
 * conf/reference.conf say what each key means.
 *
 * @param stock whether what is known to be out of stock is kept out
 * @param campaigns whether what campaigns forbid is kept out
 * @param depth products that are looked at, in lengths of the list
 * @param mix of following the pool's mix
 * @param floor of portraits that get a product of their own
 * @param categoryCap of what one category may fill
 * @param coordination of products that the pool's members hear of from a KOC who goes first
 * @param maxNew new products on a list at most
 */
@Key("koc.recommend.rerank")
record RerankSettings(
        Stock stock,
        Campaigns campaigns,
        @Range(min = 1, max = 100) int depth,
        Mix mix,
        Floor floor,
        CategoryCap categoryCap,
        CoordinationSettings coordination,

        @Key("koc.recommend.new-products.max-per-list") @Range(min = 0, max = 1_000)
        int maxNew)
        implements Serializable {
    /** The steps from scores to a list. */
    static final List<String> STEPS = List.of("mix", "floor", "category_cap", "new");

    /** Whether what is known to be out of stock is kept out. */
    record Stock(@Key("on") boolean isOn) implements Serializable {}

    /** Whether what campaigns forbid is kept out. */
    record Campaigns(@Key("on") boolean isOn) implements Serializable {}

    /** Whether a list follows the pool's mix, and the weight of that against the score. */
    record Mix(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double weight) implements Serializable {}

    /** Whether large portraits get a product of their own, and the share of the pool from which one is large. */
    record Floor(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double share) implements Serializable {}

    /** Whether a category may fill only a part of the list, and the share that it may. */
    record CategoryCap(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 1) double share) implements Serializable {}

    /**
     * Of KOCs whose pools overlap.
     *
     * @param weight what it costs a product that all members hear of it from a KOC who goes first
     * @param level how much more a KOC counts for each step of its level when it is told who goes first
     * @param overlap share of a pool that is in another one, from which on the two are coordinated
     */
    record CoordinationSettings(
            @Key("on") boolean isOn,
            @Range(min = 0, max = 0.9) double weight,
            @Range(min = 0, max = 10) double level,
            @Range(min = 0.01, max = 1) double overlap)
            implements Serializable {}

    static RerankSettings from(Config config) {
        return SettingsBinder.bind(config, RerankSettings.class);
    }

    RerankSettings withoutFloor() {
        return new RerankSettings(
                stock, campaigns, depth, mix, new Floor(false, floor.share()), categoryCap, coordination, maxNew);
    }

    /** The same with one of {@link #STEPS} left out. */
    RerankSettings without(String step) {
        return switch (step) {
            case "mix" ->
                new RerankSettings(
                        stock,
                        campaigns,
                        depth,
                        new Mix(false, mix.weight()),
                        floor,
                        categoryCap,
                        coordination,
                        maxNew);
            case "floor" -> withoutFloor();
            case "category_cap" -> {
                CategoryCap off = new CategoryCap(false, categoryCap.share());
                yield new RerankSettings(stock, campaigns, depth, mix, floor, off, coordination, maxNew);
            }
            case "new" -> new RerankSettings(stock, campaigns, depth, mix, floor, categoryCap, coordination, 0);
            default -> throw new IllegalArgumentException("no step " + step + " among " + STEPS);
        };
    }
}
