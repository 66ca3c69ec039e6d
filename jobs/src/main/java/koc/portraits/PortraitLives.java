package koc.portraits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import koc.portraits.PortraitSettings.LifeLimits;

/**
 * What became of each portrait at a refit, after MONIC (Spiliopoulou and others 2006, MONIC: modeling and monitoring
 * cluster transitions). Told by users whom the old model knew and still places where they were at its fit: those who
 * moved meanwhile, or came, say how users changed, not how portraits did.
 *
 * @param links which new portrait follows which old one, and how
 * @param born new portraits that follow none
 * @param gone old portraits that none follows
 */
record PortraitLives(List<Link> links, List<String> born, List<String> gone) {

    /** What a portrait is called after a refit, and what became of one. */
    enum Change {
        /** One new portrait holds most of it, and is no other's: it keeps its id and its name. */
        KEPT,
        /** Several new portraits hold a fair part each, and most of it together. */
        SPLIT,
        /** One new portrait holds most of several old ones. */
        MERGED,
        /** Follows none. */
        NEW,
        /** Followed by none. */
        GONE;

        String word() {
            return switch (this) {
                case KEPT -> "kept";
                case SPLIT -> "split";
                case MERGED -> "merged";
                case NEW -> "new";
                case GONE -> "gone";
            };
        }
    }

    /**
     * A new portrait that follows an old one.
     *
     * @param share share of the old one's users that the new one holds
     */
    record Link(String from, String to, Change change, double share) {}

    /**
     * Users whom the old model knew at its fit, under both models today.
     *
     * @param to provisional id in the new model
     * @param known all of them
     * @param stayed those whom the old model still places where they were at its fit
     */
    record Shared(String from, String to, long known, long stayed) {}

    /** A day on which the model stays: every portrait is what it was. */
    static PortraitLives unchanged(List<String> portraits) {
        return new PortraitLives(
                portraits.stream()
                        .map(portrait -> new Link(portrait, portrait, Change.KEPT, 1))
                        .toList(),
                List.of(),
                List.of());
    }

    /** The first model: every portrait is new. */
    static PortraitLives first(List<String> portraits) {
        return new PortraitLives(List.of(), portraits, List.of());
    }

    /**
     * Names every portrait's fate, in this order.
     *
     * <ol>
     *   <li>merged: at least {@code survival} of several old ones is in the new one, and they are at least {@code split} of
     *       it; those that bring less than {@code split} of what the largest brings are too small to change what it is.
     *   <li>kept: of the pairs that optimal assignment on Jaccard overlap makes of the rest, those in which the new one
     *       holds {@code survival} of the old one, which is at least {@code split} of it.
     *   <li>split: several new ones hold at least {@code split} of the old one each and {@code survival} together; its
     *       parts are those of them that are not called kept or merged and have more from it than from any other.
     * </ol>
     */
    static PortraitLives match(List<String> old, List<String> fresh, List<Shared> shared, LifeLimits limits) {
        double[][] stayed = new double[old.size()][fresh.size()];
        double[] known = new double[fresh.size()];
        for (Shared cell : shared) {
            int to = fresh.indexOf(cell.to());
            known[to] += cell.known();
            stayed[old.indexOf(cell.from())][to] += cell.stayed();
        }
        double[] sizes = Arrays.stream(stayed)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double[][] shares = new double[old.size()][fresh.size()];
        for (int o = 0; o < old.size(); o++) {
            for (int f = 0; f < fresh.size(); f++) {
                shares[o][f] = sizes[o] == 0 ? 0 : stayed[o][f] / sizes[o];
            }
        }

        List<Link> links = new ArrayList<>();
        boolean[] isTold = new boolean[old.size()];
        boolean[] isNamed = new boolean[fresh.size()];
        for (int f = 0; f < fresh.size(); f++) {
            int to = f;
            List<Integer> whole = IntStream.range(0, old.size())
                    .filter(o -> shares[o][to] >= limits.survival())
                    .boxed()
                    .toList();
            double largest =
                    Arrays.stream(stayed).mapToDouble(row -> row[to]).max().orElse(0);
            List<Integer> sources = whole.stream()
                    .filter(o -> stayed[o][to] >= limits.split() * largest)
                    .toList();
            double brought = sources.stream().mapToDouble(o -> stayed[o][to]).sum();
            if (sources.size() > 1 && brought >= limits.split() * known[f]) {
                for (int o : sources) {
                    links.add(new Link(old.get(o), fresh.get(f), Change.MERGED, shares[o][f]));
                    isTold[o] = true;
                }
                isNamed[f] = true;
            }
        }

        double[][] overlaps = new double[old.size()][fresh.size()];
        for (int o = 0; o < old.size(); o++) {
            for (int f = 0; f < fresh.size(); f++) {
                double union = sizes[o] + known[f] - stayed[o][f];
                overlaps[o][f] = isTold[o] || isNamed[f] || union == 0 ? 0 : stayed[o][f] / union;
            }
        }
        int[] pairs = OptimalAssignment.columns(overlaps);
        for (int o = 0; o < old.size(); o++) {
            int f = pairs[o];
            if (f >= 0
                    && overlaps[o][f] > 0
                    && shares[o][f] >= limits.survival()
                    && stayed[o][f] >= limits.split() * known[f]) {
                links.add(new Link(old.get(o), fresh.get(f), Change.KEPT, shares[o][f]));
                isTold[o] = true;
                isNamed[f] = true;
            }
        }

        boolean[] isPart = isNamed.clone();
        for (int o = 0; o < old.size(); o++) {
            int from = o;
            int[] parts = IntStream.range(0, fresh.size())
                    .filter(f -> shares[from][f] >= limits.split())
                    .toArray();
            double together =
                    Arrays.stream(parts).mapToDouble(f -> shares[from][f]).sum();
            if (isTold[o] || parts.length < 2 || together < limits.survival()) {
                continue;
            }
            for (int f : parts) {
                if (!isNamed[f] && Arrays.stream(stayed).noneMatch(row -> row[f] > stayed[from][f])) {
                    links.add(new Link(old.get(o), fresh.get(f), Change.SPLIT, shares[o][f]));
                    isTold[o] = true;
                    isPart[f] = true;
                }
            }
        }
        return new PortraitLives(List.copyOf(links), without(fresh, isPart), without(old, isTold));
    }

    /** The id of each new portrait: its predecessor's when that is kept, else its own. */
    Map<String, String> ids() {
        Map<String, String> ids = new HashMap<>();
        links.forEach(link -> ids.put(link.to(), link.change() == Change.KEPT ? link.from() : link.to()));
        born.forEach(portrait -> ids.put(portrait, portrait));
        return ids;
    }

    /** The same with the ids that the new portraits have from here on. */
    PortraitLives renamed() {
        Map<String, String> ids = ids();
        return new PortraitLives(
                links.stream()
                        .map(link -> new Link(
                                link.from(), ids.getOrDefault(link.to(), link.to()), link.change(), link.share()))
                        .toList(),
                born,
                gone);
    }

    /** How each new portrait came about. */
    Map<String, Change> origins() {
        Map<String, Change> origins = new HashMap<>();
        links.forEach(link -> origins.put(link.to(), link.change()));
        born.forEach(portrait -> origins.put(portrait, Change.NEW));
        return origins;
    }

    /** What became of each old portrait. */
    Map<String, Change> fates() {
        Map<String, Change> fates = new HashMap<>();
        links.forEach(link -> fates.put(link.from(), link.change()));
        gone.forEach(portrait -> fates.put(portrait, Change.GONE));
        return fates;
    }

    private static List<String> without(List<String> portraits, boolean[] isOut) {
        return IntStream.range(0, portraits.size())
                .filter(i -> !isOut[i])
                .mapToObj(portraits::get)
                .toList();
    }
}
