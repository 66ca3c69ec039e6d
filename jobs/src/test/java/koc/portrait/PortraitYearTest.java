package koc.portrait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.config.Configuration;
import koc.portrait.PortraitLives.Shared;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Twelve monthly refits on users whose tastes change as planted: what is told is what was planted. */
class PortraitYearTest {
    private static final PortraitSettings SETTINGS = PortraitSettings.from(Configuration.load(
            null,
            List.of(
                    "koc.portrait.least-portraits=3",
                    "koc.portrait.most-portraits=9",
                    "koc.portrait.restarts=6",
                    "koc.portrait.bootstraps=4")));
    /** The first eight are told apart by tastes, everybody likes the last three. */
    private static final List<String> CATEGORIES = List.of("a", "b", "c", "d", "e", "f", "m", "n", "x", "y", "z");

    private static final int USERS = 600;
    private static final int LATE_USERS = 60;

    /**
     * The categories that a user likes in a month. From the fourth month on those who liked a and m like one of them;
     * from the sixth on those who like b and those who like c like both; from the eighth on nobody likes d any more;
     * from the tenth on new users, and a tenth of all others, like n.
     */
    private static @Nullable String taste(int user, int month) {
        if (user >= USERS) {
            return month >= 9 ? "n" : null;
        }
        String first = List.of("am", "b", "c", "d", "e", "f").get(user % 6);
        int turn = user / 6;
        if (month >= 9 && turn % 10 == 7) {
            return "n";
        }
        return switch (first) {
            case "am" -> month < 3 ? "am" : turn % 2 == 0 ? "a" : "m";
            case "b", "c" -> month < 5 ? first : "bc";
            case "d" -> month < 7 ? "d" : List.of("a", "m", "bc", "e", "f").get(turn % 5);
            default -> first;
        };
    }

    @Test
    void theYearIsToldAsItWasPlanted() {
        List<Map<String, String>> idsByTaste = new ArrayList<>();
        List<String> story = new ArrayList<>();
        PortraitModel model = null;
        Map<Integer, String> atFit = Map.of();
        for (int month = 0; month < 12; month++) {
            Map<Integer, PortraitSample.User> users = users(month);
            PortraitSample sample = new PortraitSample(CATEGORIES, List.copyOf(users.values()), users.size());
            PortraitModel fitted =
                    PortraitModel.of(LocalDate.of(2024, 1 + month, 1), PortraitFit.fit(sample, SETTINGS.model()));
            Map<Integer, String> placed = placed(users, fitted);
            PortraitLives lives = PortraitLives.first(fitted.portraitIds());
            if (model != null) {
                lives = PortraitLives.match(
                        model.portraitIds(),
                        fitted.portraitIds(),
                        shared(atFit, placed(users, model), placed),
                        SETTINGS.life());
            }
            Map<String, String> ids = lives.ids();
            model = fitted.renamed(ids);
            atFit = placed(users, model);
            story.add(told(lives.renamed()));
            idsByTaste.add(byTaste(atFit, month));
        }

        String kept = "kept: ";
        assertThat(story)
                .containsExactly(
                        "new: 6",
                        kept + 6,
                        kept + 6,
                        kept + "5, split: 2",
                        kept + 7,
                        kept + "5, merged: 2",
                        kept + 6,
                        kept + "5, gone: 1",
                        kept + 5,
                        kept + "5, new: 1",
                        kept + 6,
                        kept + 6);
        Map<String, String> first = idsByTaste.get(0);
        Map<String, String> last = idsByTaste.get(11);
        assertThat(last).containsOnlyKeys("a", "bc", "e", "f", "m", "n");
        assertThat(last).containsEntry("e", id(first, "e")).containsEntry("f", id(first, "f"));
        assertThat(last).containsEntry("a", id(idsByTaste.get(3), "a")).containsEntry("m", id(idsByTaste.get(3), "m"));
        assertThat(last).containsEntry("bc", id(idsByTaste.get(5), "bc"));
        assertThat(last).containsEntry("n", id(idsByTaste.get(9), "n"));
        assertThat(idsByTaste.stream().flatMap(ids -> ids.values().stream()).distinct())
                .hasSize(6 + 2 + 1 + 1);
    }

    private static Map<Integer, PortraitSample.User> users(int month) {
        SplittableRandom random = new SplittableRandom(month + 1);
        Map<Integer, PortraitSample.User> users = new TreeMap<>();
        for (int user = 0; user < USERS + LATE_USERS; user++) {
            String taste = taste(user, month);
            if (taste != null) {
                Double[] numbers = new Double[Scaling.NUMBERS.size()];
                Arrays.fill(numbers, random.nextDouble());
                users.put(
                        user,
                        new PortraitSample.User(
                                numbers, purchases(taste, 30, random), 30, purchases(taste, 6, random)));
            }
        }
        return users;
    }

    private static double[] purchases(String taste, int count, SplittableRandom random) {
        double[] purchases = new double[CATEGORIES.size()];
        for (int purchase = 0; purchase < count; purchase++) {
            String category = random.nextDouble() < 0.6
                    ? taste.substring(purchase % taste.length(), purchase % taste.length() + 1)
                    : CATEGORIES.get(8 + random.nextInt(3));
            purchases[CATEGORIES.indexOf(category)]++;
        }
        return purchases;
    }

    private static Map<Integer, String> placed(Map<Integer, PortraitSample.User> users, PortraitModel model) {
        double[][] centres = model.centres().stream().map(Centre::values).toArray(double[][]::new);
        List<Integer> ids = List.copyOf(users.keySet());
        int[] nearest = PortraitFit.assign(
                users.values().stream()
                        .map(user -> model.scaling().vector(user, CATEGORIES))
                        .toArray(double[][]::new),
                centres);
        return IntStream.range(0, nearest.length).boxed().collect(Collectors.toMap(ids::get, i -> model.centres()
                .get(nearest[i])
                .portraitId()));
    }

    private static List<Shared> shared(
            Map<Integer, String> atFit, Map<Integer, String> old, Map<Integer, String> anew) {
        List<Shared> shared = new ArrayList<>();
        atFit.forEach((user, portrait) -> {
            String from = old.getOrDefault(user, "");
            shared.add(new Shared(from, anew.getOrDefault(user, ""), 1, from.equals(portrait) ? 1 : 0));
        });
        return shared;
    }

    /** Ties between portraits of two months by their kind, as "kept: 5, split: 2"; then those that stand alone. */
    private static String told(PortraitLives lives) {
        Map<String, Integer> counts = new TreeMap<>();
        lives.links().forEach(link -> counts.merge(link.change().word(), 1, Integer::sum));
        lives.born().forEach(portrait -> counts.merge("new", 1, Integer::sum));
        lives.gone().forEach(portrait -> counts.merge("gone", 1, Integer::sum));
        List<String> order = List.of("kept", "split", "merged", "gone", "new");
        return order.stream()
                .filter(counts::containsKey)
                .map(word -> word + ": " + counts.get(word))
                .collect(Collectors.joining(", "));
    }

    /** The portrait that most users of each taste are in. */
    private static Map<String, String> byTaste(Map<Integer, String> placed, int month) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        placed.forEach(
                (user, portrait) -> counts.computeIfAbsent(String.valueOf(taste(user, month)), any -> new TreeMap<>())
                        .merge(portrait, 1, Integer::sum));
        Map<String, String> ids = new TreeMap<>();
        counts.forEach((taste, portraits) -> ids.put(
                taste,
                portraits.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey()));
        return ids;
    }

    private static String id(Map<String, String> ids, String taste) {
        return ids.getOrDefault(taste, "none");
    }
}
