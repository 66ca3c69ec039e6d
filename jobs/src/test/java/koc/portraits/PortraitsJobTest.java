package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three runs of the job: a first fit, a day with a frozen model, and a refit on drift after a portrait has split. */
class PortraitsJobTest extends SparkTest {
    private static final String FIRST = "2024-01-31";
    private static final String FROZEN = "2024-02-14";
    private static final String REFIT = "2024-02-21";
    private static final Config CONFIG = config(
            "koc.portraits.min-portraits=2",
            "koc.portraits.max-portraits=5",
            "koc.portraits.restarts=4",
            "koc.portraits.bootstraps=4");

    /** Configured names, on the day of the first fit only. */
    private static final Config NAMED = ConfigFactory.parseString(
            "koc.portraits.names { m20240131-01 = One, m20240131-02 = Two, m20240131-03 = Three, newcomers = Guests }");

    @TempDir
    static Path folder;

    private static final Map<String, List<String>> NOTES = new HashMap<>();
    private static Warehouse warehouse;

    @BeforeAll
    static void threeRuns() {
        warehouse = openWarehouse(folder);
        run(FIRST, PortraitsJobTest::first);
        run(FROZEN, PortraitsJobTest::moved);
        run(REFIT, PortraitsJobTest::split);
    }

    private static String first(int user) {
        return List.of("am", "b", "c").get(user % 3);
    }

    /** Users 1, 4, 7 and 10 have moved from b to c. */
    private static String moved(int user) {
        return user % 3 == 1 && user < 12 ? "c" : first(user);
    }

    /** Half of the users of a and m prefer a now, the others m; and most users of b have moved to c. */
    private static String split(int user) {
        if (user % 3 == 0) {
            return user % 2 == 0 ? "a" : "m";
        }
        return user < 180 ? "c" : first(user);
    }

    @Test
    void everyPortraitOfTheFirstFitIsNewAndHasNoTransitions() {
        assertThat(changes(FIRST)).containsExactlyInAnyOrder("new", "new", "new", "new");
        assertThat(warehouse
                        .read(PortraitTables.PORTRAIT_TRANSITIONS, day(FIRST))
                        .isEmpty())
                .isTrue();
        assertThat(notes(FIRST)).contains("reason: there is no earlier model");
    }

    @Test
    void configuredNamesAreShownUntilTheyAreRemoved() {
        assertThat(names(FIRST)).containsExactly("Guests", "One", "Three", "Two");
        assertThat(names(FROZEN)).hasSize(4).doesNotContain("Guests", "One", "Three", "Two");
        assertThat(member(FIRST, 0).<String>getAs("portrait_name"))
                .isEqualTo(portrait(FIRST, portraitOf(FIRST, 0)).<String>getAs("name"));
    }

    @Test
    void betweenFitsPortraitsAreFrozenAndUsersMove() {
        assertThat(changes(FROZEN)).containsOnly("kept");
        assertThat(notes(FROZEN)).contains("model m20240131 of 2024-01-31 stays valid");
        Row moved = row(FROZEN, portraitOf(FIRST, 1), portraitOf(FIRST, 2));
        assertThat(moved.<Long>getAs("users")).isEqualTo(4);
        assertThat(moved.<Double>getAs("from_fraction")).isEqualTo(4 / 80.0);
        assertThat(moved.<Double>getAs("to_fraction")).isEqualTo(4 / 84.0);
        assertThat(moved.<String>getAs("description")).isEqualTo("Moved.");
        assertThat(portrait(FROZEN, portraitOf(FIRST, 1)).<Double>getAs("retained_rate"))
                .isEqualTo(76 / 80.0);
    }

    @Test
    void survivingPortraitsKeepTheirIdNameAndMembersAtARefit() {
        assertThat(notes(REFIT))
                .contains(
                        "reason: users have moved to other portraits since the fit of 2024-01-31: population stability index")
                .contains("2 kept, 1 split, 0 merged, 0 gone; portraits now: 2 from a split, 0 merged, 0 new");
        assertThat(changes(REFIT)).containsExactlyInAnyOrder("kept", "kept", "kept", "split", "split");
        for (int user : new int[] {2, 181}) {
            assertThat(portraitOf(REFIT, user)).isEqualTo(portraitOf(FIRST, user));
            assertThat(member(REFIT, user).<String>getAs("portrait_name"))
                    .isEqualTo(member(FROZEN, user).<String>getAs("portrait_name"));
            assertThat(member(REFIT, user).<Date>getAs("since")).isEqualTo(Date.valueOf(FIRST));
        }
        assertThat(member(REFIT, 1).<Date>getAs("since")).isEqualTo(Date.valueOf(FROZEN));
        assertThat(member(REFIT, 1).<String>getAs("previous_portrait_id")).isEqualTo(portraitOf(FIRST, 1));
        assertThat(member(REFIT, 13).<Date>getAs("since")).isEqualTo(Date.valueOf(REFIT));
        assertThat(member(REFIT, 13).<String>getAs("previous_portrait_id")).isEqualTo(portraitOf(FIRST, 13));
    }

    @Test
    void thePartsOfASplitPortraitGetNewIdsAndNames() {
        String whole = portraitOf(FIRST, 0);
        assertThat(portraitOf(REFIT, 0)).isNotEqualTo(whole).isNotEqualTo(portraitOf(REFIT, 3));
        assertThat(member(REFIT, 0).<Date>getAs("since")).isEqualTo(Date.valueOf(REFIT));
        assertThat(member(REFIT, 0).<String>getAs("previous_portrait_id")).isEqualTo(whole);
        Row part = row(REFIT, whole, portraitOf(REFIT, 0));
        assertThat(part.<String>getAs("from_change")).isEqualTo("split");
        assertThat(part.<String>getAs("to_change")).isEqualTo("split");
        assertThat(part.<Long>getAs("users")).isEqualTo(40);
        assertThat(part.<String>getAs("description"))
                .isEqualTo("'" + part.getAs("from_name")
                        + "' has split: " + Math.round(100 * part.<Double>getAs("from_fraction"))
                        + "% of its users are in '"
                        + part.getAs("to_name") + "'.");
        assertThat(part.<String>getAs("to_name")).isNotEqualTo(part.<String>getAs("from_name"));
    }

    @Test
    void newcomersStayNewcomersAtARefit() {
        assertThat(portraitOf(REFIT, 240)).isEqualTo(PortraitTables.NEWCOMERS);
        assertThat(member(REFIT, 240).<Date>getAs("since")).isEqualTo(Date.valueOf(FIRST));
        assertThat(row(REFIT, PortraitTables.NEWCOMERS, PortraitTables.NEWCOMERS)
                        .<String>getAs("description"))
                .isEqualTo("Stayed.");
    }

    @Test
    void anAccountThatLooksSharedHasNoPortraitAndDoesNotChangeOne() {
        assertThat(warehouse
                        .read(PortraitTables.USER_PORTRAITS, day(FIRST))
                        .where("user_id = 'shop'")
                        .isEmpty())
                .isTrue();
        assertThat(warehouse
                        .read(PortraitTables.PORTRAITS, day(FIRST))
                        .where("net_spend_90d > 1")
                        .isEmpty())
                .isTrue();
        assertThat(warehouse
                        .read(PortraitTables.PORTRAIT_MODELS, day(FIRST))
                        .head()
                        .<Long>getAs("users"))
                .isEqualTo(240);
    }

    @Test
    void confidenceIsAProbabilityAndNullForNewcomers() {
        assertThat(member(FIRST, 0).<Double>getAs("confidence")).isBetween(0.5, 1.0);
        assertThat(member(FIRST, 240).<Double>getAs("confidence")).isNull();
        assertThat(notes(FIRST)).contains("only 0 users bought in the holdout");
    }

    /** 240 users and ten newcomers. */
    private static void run(String date, IntFunction<@Nullable String> taste) {
        new PlantedUsers(240, 10, taste)
                .run(
                        warehouse,
                        day(date),
                        date.equals(FIRST) ? NAMED.withFallback(CONFIG) : CONFIG,
                        note -> NOTES.computeIfAbsent(date, any -> new ArrayList<>())
                                .add(note));
    }

    private static String notes(String date) {
        return String.join("\n", NOTES.getOrDefault(date, List.of()));
    }

    private static List<String> changes(String date) {
        return warehouse.read(PortraitTables.PORTRAITS, day(date)).select("change").collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toList());
    }

    private static List<String> names(String date) {
        return warehouse
                .read(PortraitTables.PORTRAITS, day(date))
                .select("name")
                .orderBy("name")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Row portrait(String date, String id) {
        return warehouse
                .read(PortraitTables.PORTRAITS, day(date))
                .where("portrait_id = '" + id + "'")
                .head();
    }

    private static Row member(String date, int user) {
        return warehouse
                .read(PortraitTables.USER_PORTRAITS, day(date))
                .where("user_id = 'u" + user + "'")
                .head();
    }

    private static String portraitOf(String date, int user) {
        return member(date, user).getAs("portrait_id");
    }

    private static Row row(String date, String from, String to) {
        return warehouse
                .read(PortraitTables.PORTRAIT_TRANSITIONS, day(date))
                .where("from_portrait_id = '" + from + "' AND to_portrait_id = '" + to + "'")
                .head();
    }
}
