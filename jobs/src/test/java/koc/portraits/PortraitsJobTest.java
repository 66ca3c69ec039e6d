package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
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

/** Three runs of the job: a first fit, a day on which the model is frozen, a refit on drift after a portrait has split. */
class PortraitsJobTest extends SparkTest {
    private static final String FIRST = "2024-01-31";
    private static final String FROZEN = "2024-02-14";
    private static final String REFIT = "2024-02-21";
    private static final Config CONFIG = config(
            "koc.portraits.min-portraits=2",
            "koc.portraits.max-portraits=5",
            "koc.portraits.restarts=4",
            "koc.portraits.bootstraps=4");

    /** A person's names, on the day of the first fit only. */
    private static final Config NAMED = ConfigFactory.parseString(
            "koc.portraits.names { m20240131-01 = One, m20240131-02 = Two, m20240131-03 = Three, newcomers = Guests }");

    @TempDir
    static Path folder;

    private static final Map<String, List<String>> NOTES = new HashMap<>();
    private static Warehouse tables;

    @BeforeAll
    static void threeRuns() {
        tables = tables(folder);
        run(FIRST, PortraitsJobTest::first);
        run(FROZEN, PortraitsJobTest::moved);
        run(REFIT, PortraitsJobTest::split);
    }

    private static String first(int user) {
        return List.of("am", "b", "c").get(user % 3);
    }

    /** Users 1, 4, 7 and 10 have gone from b to c. */
    private static String moved(int user) {
        return user % 3 == 1 && user < 12 ? "c" : first(user);
    }

    /** Of those who liked a and m half like a now, half m; and most of b are in c. */
    private static String split(int user) {
        if (user % 3 == 0) {
            return user % 2 == 0 ? "a" : "m";
        }
        return user < 180 ? "c" : first(user);
    }

    @Test
    void theFirstFitMakesEveryPortraitNewAndComparesWithNothing() {
        assertThat(changes(FIRST)).containsExactlyInAnyOrder("new", "new", "new", "new");
        assertThat(tables.read(PortraitTables.PORTRAIT_TRANSITIONS, day(FIRST)).isEmpty())
                .isTrue();
        assertThat(notes(FIRST)).contains("fitted because no earlier model is there");
    }

    @Test
    void aPersonsNamesAreShownAndGoWhenTheyAreTakenAway() {
        assertThat(names(FIRST)).containsExactly("Guests", "One", "Three", "Two");
        assertThat(names(FROZEN)).hasSize(4).doesNotContain("Guests", "One", "Three", "Two");
        assertThat(member(FIRST, 0).<String>getAs("portrait_name"))
                .isEqualTo(portrait(FIRST, portraitOf(FIRST, 0)).<String>getAs("name"));
    }

    @Test
    void betweenRefitsThePortraitsStandStillAndUsersMove() {
        assertThat(changes(FROZEN)).containsOnly("kept");
        assertThat(notes(FROZEN)).contains("portraits are those of model m20240131");
        Row went = row(FROZEN, portraitOf(FIRST, 1), portraitOf(FIRST, 2));
        assertThat(went.<Long>getAs("users")).isEqualTo(4);
        assertThat(went.<Double>getAs("from_fraction")).isEqualTo(4 / 80.0);
        assertThat(went.<Double>getAs("to_fraction")).isEqualTo(4 / 84.0);
        assertThat(went.<String>getAs("verdict")).isEqualTo("moved");
        assertThat(portrait(FROZEN, portraitOf(FIRST, 1)).<Double>getAs("kept_share"))
                .isEqualTo(76 / 80.0);
    }

    @Test
    void aRefitKeepsIdNameAndMembershipOfPortraitsThatLiveOn() {
        assertThat(notes(REFIT))
                .contains(
                        "fitted because users have gone to other portraits since the fit of 2024-01-31: index of shares")
                .contains("kept 2, split 1, merged 0, gone 0; now part of a split 2, merged 0, new 0");
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
    void aSplitPortraitGoesOnInPartsWithIdsAndNamesOfTheirOwn() {
        String whole = portraitOf(FIRST, 0);
        assertThat(portraitOf(REFIT, 0)).isNotEqualTo(whole).isNotEqualTo(portraitOf(REFIT, 3));
        assertThat(member(REFIT, 0).<Date>getAs("since")).isEqualTo(Date.valueOf(REFIT));
        assertThat(member(REFIT, 0).<String>getAs("previous_portrait_id")).isEqualTo(whole);
        Row part = row(REFIT, whole, portraitOf(REFIT, 0));
        assertThat(part.<String>getAs("from_change")).isEqualTo("split");
        assertThat(part.<String>getAs("to_change")).isEqualTo("split");
        assertThat(part.<Long>getAs("users")).isEqualTo(40);
        assertThat(part.<String>getAs("verdict"))
                .isEqualTo("'" + part.getAs("from_name")
                        + "' has split: 50% of those in it since the fit of 2024-01-31 are in '"
                        + part.getAs("to_name") + "'");
        assertThat(part.<String>getAs("to_name")).isNotEqualTo(part.<String>getAs("from_name"));
    }

    @Test
    void newcomersStayWhatTheyAre() {
        assertThat(portraitOf(REFIT, 240)).isEqualTo(PortraitTables.NEWCOMERS);
        assertThat(member(REFIT, 240).<Date>getAs("since")).isEqualTo(Date.valueOf(FIRST));
        assertThat(row(REFIT, PortraitTables.NEWCOMERS, PortraitTables.NEWCOMERS)
                        .<String>getAs("verdict"))
                .isEqualTo("stayed");
    }

    @Test
    void aModelIsFittedAnewForItsSettingsItsAgeOrDriftAndForNothingElse() {
        PortraitsJob job = new PortraitsJob(CONFIG);
        LocalDate fitted = day(FIRST);
        String settings = ModelSettings.fingerprint(CONFIG);
        ModelInForce old = new ModelInForce(PortraitModel.withoutPortraits(fitted), settings, Map.of(), List.of());
        ModelInForce other =
                new ModelInForce(PortraitModel.withoutPortraits(fitted), settings + "!", Map.of(), List.of());
        Drift none = new Drift(0.25, 1.15);

        assertThat(job.whyRefit(old, none, fitted.plusDays(27))).isEmpty();
        assertThat(job.whyRefit(old, none, fitted.plusDays(28)))
                .hasValue("the model of 2024-01-31 has been in force for 28 days");
        assertThat(job.whyRefit(other, none, fitted.plusDays(1)))
                .hasValue("the settings of the fit are other than those of 2024-01-31");
        assertThat(job.whyRefit(old, new Drift(0.26, 1), fitted.plusDays(1)))
                .hasValue("users have gone to other portraits since the fit of 2024-01-31: index of shares 0.26, "
                        + "the limit is 0.25");
        assertThat(job.whyRefit(old, new Drift(0, 1.2), fitted.plusDays(1)))
                .hasValue("users have become unlike their portraits since the fit of 2024-01-31: mean distance 1.20 "
                        + "times that at the fit, the limit is 1.15");
    }

    @Test
    void aKeyThatDoesNotShapeTheModelRefitsNothing() {
        LocalDate fitted = day(FIRST);
        ModelInForce old = new ModelInForce(
                PortraitModel.withoutPortraits(fitted), ModelSettings.fingerprint(CONFIG), Map.of(), List.of());
        Config others = ConfigFactory.parseString("""
                koc.language = zh
                koc.portraits.names.newcomers = Guests
                koc.portraits.drift { max-population-stability-index = 0.5, max-distance = 2 }
                koc.portraits.life.survival = 0.8
                koc.influence.window-days = 14
                """);
        Config model = ConfigFactory.parseString("koc.portraits.weights.value = 0.1");

        assertThat(new PortraitsJob(others.withFallback(CONFIG)).whyRefit(old, new Drift(0, 1), fitted.plusDays(1)))
                .isEmpty();
        assertThat(new PortraitsJob(model.withFallback(CONFIG)).whyRefit(old, new Drift(0, 1), fitted.plusDays(1)))
                .isPresent();
    }

    /** 240 users and ten newcomers. */
    private static void run(String date, IntFunction<@Nullable String> taste) {
        new TastedUsers(240, 10, taste)
                .run(
                        tables,
                        day(date),
                        date.equals(FIRST) ? NAMED.withFallback(CONFIG) : CONFIG,
                        note -> NOTES.computeIfAbsent(date, any -> new ArrayList<>())
                                .add(note));
    }

    private static String notes(String date) {
        return String.join("\n", NOTES.getOrDefault(date, List.of()));
    }

    private static List<String> changes(String date) {
        return tables.read(PortraitTables.PORTRAITS, day(date)).select("change").collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toList());
    }

    private static List<String> names(String date) {
        return tables.read(PortraitTables.PORTRAITS, day(date)).select("name").orderBy("name").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Row portrait(String date, String id) {
        return tables.read(PortraitTables.PORTRAITS, day(date))
                .where("portrait_id = '" + id + "'")
                .head();
    }

    private static Row member(String date, int user) {
        return tables.read(PortraitTables.USER_PORTRAITS, day(date))
                .where("user_id = 'u" + user + "'")
                .head();
    }

    private static String portraitOf(String date, int user) {
        return member(date, user).getAs("portrait_id");
    }

    private static Row row(String date, String from, String to) {
        return tables.read(PortraitTables.PORTRAIT_TRANSITIONS, day(date))
                .where("from_portrait_id = '" + from + "' AND to_portrait_id = '" + to + "'")
                .head();
    }
}
