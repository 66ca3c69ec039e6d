package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twelve monthly runs of the job on users whose preferences change as planted: its tables must report these changes. */
class PortraitYearTest extends SparkTest {
    private static final Config CONFIG = config(
            "koc.portraits.min-portraits=3",
            "koc.portraits.max-portraits=9",
            "koc.portraits.restarts=6",
            "koc.portraits.bootstraps=4");

    private static final int USERS = 600;
    private static final int LATE_USERS = 60;

    @TempDir
    private Path folder;

    /**
     * The categories that a user prefers in a month. From the fourth month, users of a and m prefer one of them. From the
     * sixth, users of b and users of c prefer both. From the eighth, nobody prefers d. From the tenth, new users and a tenth
     * of the others prefer n.
     */
    private static @Nullable String preference(int user, int month) {
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
    void everyPlantedTransitionOfTheYearIsReported() {
        Warehouse warehouse = openWarehouse(folder);
        List<Map<String, String>> idsByPreference = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            int month = number;
            LocalDate day = LocalDate.of(2024, 1 + month, 1);

            new PlantedUsers(USERS + LATE_USERS, 0, user -> preference(user, month))
                    .run(warehouse, day, CONFIG, note -> {});

            changes.add(changes(warehouse, day));
            idsByPreference.add(byPreference(warehouse, day, month));
        }

        assertThat(changes)
                .containsExactly(
                        "new: 6",
                        "kept: 6",
                        "kept: 6",
                        "kept: 5, split: 2",
                        "kept: 7",
                        "kept: 5, merged: 1",
                        "kept: 6",
                        "kept: 5, gone: 1",
                        "kept: 5",
                        "kept: 5, new: 1",
                        "kept: 6",
                        "kept: 6");
        Map<String, String> first = idsByPreference.get(0);
        Map<String, String> last = idsByPreference.get(11);
        assertThat(last).containsOnlyKeys("a", "bc", "e", "f", "m", "n");
        assertThat(last).containsEntry("e", id(first, "e")).containsEntry("f", id(first, "f"));
        assertThat(last)
                .containsEntry("a", id(idsByPreference.get(3), "a"))
                .containsEntry("m", id(idsByPreference.get(3), "m"));
        assertThat(last).containsEntry("bc", id(idsByPreference.get(5), "bc"));
        assertThat(last).containsEntry("n", id(idsByPreference.get(9), "n"));
        assertThat(idsByPreference.stream()
                        .flatMap(ids -> ids.values().stream())
                        .distinct())
                .hasSize(6 + 2 + 1 + 1);
    }

    /** The changes that the tables of a day report, as "kept: 5, gone: 1"; newcomers left out. */
    private static String changes(Warehouse warehouse, LocalDate day) {
        Map<String, Long> counts = new TreeMap<>();
        for (Row row : warehouse
                .read(PortraitTables.PORTRAITS, day)
                .where("portrait_id <> '" + PortraitTables.NEWCOMERS + "'")
                .groupBy("change")
                .count()
                .collectAsList()) {
            counts.put(row.getString(0), row.getLong(1));
        }
        long gone = warehouse
                .read(PortraitTables.PORTRAIT_TRANSITIONS, day)
                .where("from_change = 'gone'")
                .select("from_portrait_id")
                .distinct()
                .count();
        if (gone > 0) {
            counts.put("gone", gone);
        }
        return List.of("kept", "split", "merged", "gone", "new").stream()
                .filter(counts::containsKey)
                .map(word -> word + ": " + counts.get(word))
                .collect(Collectors.joining(", "));
    }

    /** The portrait that most users of each preference are in. */
    private static Map<String, String> byPreference(Warehouse warehouse, LocalDate day, int month) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (Row row : warehouse
                .read(PortraitTables.USER_PORTRAITS, day)
                .select("user_id", "portrait_id")
                .collectAsList()) {
            String preference =
                    String.valueOf(preference(Integer.parseInt(row.getString(0).substring(1)), month));
            counts.computeIfAbsent(preference, any -> new TreeMap<>()).merge(row.getString(1), 1, Integer::sum);
        }
        Map<String, String> ids = new TreeMap<>();
        counts.forEach((preference, portraits) -> ids.put(
                preference,
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
