package koc.recommend;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.List;
import koc.config.Section;

/**
 * What makes a list of more than the best products; {@code koc.recommend.rerank} and {@code new-products.most} in
 * conf/reference.conf say what each key means.
 *
 * @param mix weight of following the pool's mix
 * @param floor share of the pool from which a portrait gets a product of its own
 * @param categoryCap share of the list that one category may fill
 * @param mostNew new products on a list at most
 * @param coordination what it costs a product that the pool's members hear of it from a KOC who goes first
 * @param level how much more a KOC counts for each step of its level when it is told who goes first
 * @param overlap share of a pool that is in another one, from which on the two are coordinated
 * @param stock whether what is known to be out of stock is kept out
 * @param campaigns whether what campaigns forbid is kept out
 * @param depth products that are looked at, in lengths of the list
 */
record RerankSettings(
        Step mix,
        Step floor,
        Step categoryCap,
        int mostNew,
        Step coordination,
        double level,
        double overlap,
        boolean stock,
        boolean campaigns,
        int depth)
        implements Serializable {
    /** The steps from scores to a list. */
    static final List<String> STEPS = List.of("mix", "floor", "category_cap", "new");

    /** A step and its number. */
    record Step(boolean isOn, double value) implements Serializable {
        Step off() {
            return new Step(false, value);
        }
    }

    static RerankSettings from(Config config) {
        Section rerank = Section.of(config, "koc.recommend.rerank");
        return new RerankSettings(
                new Step(rerank.flag("mix.on"), rerank.number("mix.weight", 0, 1)),
                new Step(rerank.flag("floor.on"), rerank.number("floor.share", 0, 1)),
                new Step(rerank.flag("category-cap.on"), rerank.number("category-cap.share", 0, 1)),
                Section.of(config, "koc.recommend").whole("new-products.most", 0, 1_000),
                new Step(rerank.flag("coordination.on"), rerank.number("coordination.weight", 0, 0.9)),
                rerank.number("coordination.level", 0, 10),
                rerank.number("coordination.overlap", 0.01, 1),
                rerank.flag("stock.on"),
                rerank.flag("campaigns.on"),
                rerank.whole("depth", 1, 100));
    }

    RerankSettings withoutFloor() {
        return new RerankSettings(
                mix, floor.off(), categoryCap, mostNew, coordination, level, overlap, stock, campaigns, depth);
    }

    /** The same with one of {@link #STEPS} left out. */
    RerankSettings without(String step) {
        return switch (step) {
            case "mix" ->
                new RerankSettings(
                        mix.off(), floor, categoryCap, mostNew, coordination, level, overlap, stock, campaigns, depth);
            case "floor" -> withoutFloor();
            case "category_cap" ->
                new RerankSettings(
                        mix, floor, categoryCap.off(), mostNew, coordination, level, overlap, stock, campaigns, depth);
            case "new" ->
                new RerankSettings(mix, floor, categoryCap, 0, coordination, level, overlap, stock, campaigns, depth);
            default -> throw new IllegalArgumentException("no step " + step + " among " + STEPS);
        };
    }
}
