package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import koc.Silence;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.run.JobRun;
import koc.source.LandingFolder;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanJobTest extends SparkTest {
    private static final String HEADER =
            "event_id,occurred_at,user_id,event_type,product_id,order_id,quantity,unit_price\n";
    private static final String LENIENT = "koc.clean.reject-limit=0.9";
    private static final LocalDate END = day("2099-01-01");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private LandingFolder landing;
    private Warehouse warehouse;

    @BeforeEach
    void newFolders() {
        landing = new LandingFolder(folder.resolve("landing"));
        warehouse = openWarehouse(folder.resolve("warehouse"));
    }

    @Test
    void aFlatLandingFolderIsTheWholeHistoryInEveryRun() {
        landing.file("users/users.csv", "member,role,shoe_size\nu,consumer,42\nu,consumer,43\nu,guide,44\n")
                .file("products/products.jsonl", "{\"product_id\": \"p\", \"price\": 9.5}\n")
                .file("costs/costs.csv", "day,cost_type,amount\n2024-03-01,ad,5\n2024-03-01,ad,5\n2024-03-09,ad,7\n")
                .file("events/a.csv", HEADER + """
                        bought,2024-02-27T09:00:00,u,purchase,p,o1,2,9.50
                        back,2024-03-01T09:00:00,u,refund,p,o1,3,9.50
                        twice,2024-03-01T10:00:00,u,view,p,,,
                        twice,2024-03-01T02:00:00Z,u,view,p,,1,
                        other,2024-03-01T10:00:00,u,view,p,,,
                        other,2024-03-01T10:00:01,u,view,p,,,
                        orphan,2024-03-01T10:00:00,u,view,unknown,,,
                        nobody,2024-03-01T10:00:00,stranger,view,p,,,
                        after,2024-03-09T10:00:00,u,view,p,,,
                        broken
                        """)
                .file("events/b.csv", robot());

        clean("2024-03-01", LENIENT, "koc.source.columns.users.user_id=member");

        assertThat(values(CleanTables.EVENTS, "event_id", "arrived", "day"))
                .contains(
                        "back 2024-03-01 2024-03-01",
                        "bought 2024-03-01 2024-02-27",
                        "nobody 2024-03-01 2024-03-01",
                        "other 2024-03-01 2024-03-01",
                        "twice 2024-03-01 2024-03-01")
                .hasSize(7);
        assertThat(values(CleanTables.EVENTS, "user_id", "event_type")).contains("bot purchase", "bot share");
        assertThat(values(CleanTables.REFUNDS, "part", "purchase_event_id", "match", "day", "quantity", "amount"))
                .containsExactly("1 bought order 2024-02-27 2.000 19.00", "2 null unmatched 2024-03-01 1.000 9.50");
        assertThat(values(CleanTables.USERS, "user_id", "role")).containsExactly("u consumer");
        assertThat(values(CleanTables.COSTS, "day", "amount")).containsExactly("2024-03-01 5.00", "2024-03-01 5.00");
        assertThat(values(CleanTables.REJECTS, "source", "file", "reason", "field"))
                .filteredOn(reject -> !reject.contains("robot"))
                .containsExactly(
                        "events events/a.csv conflicting_id event_id",
                        "events events/a.csv duplicate null",
                        "events events/a.csv malformed null",
                        "events events/a.csv orphan_product product_id",
                        "users users/users.csv conflicting_id user_id",
                        "users users/users.csv duplicate null");
        assertThat(values(CleanTables.REJECTS, "reason", "raw")).contains("malformed broken");
        assertThat(checks("events", "2024-03-01"))
                .containsExactly(
                        "conflicting_id 1",
                        "duplicate 1",
                        "events_of_interest 4",
                        "files_listed 2",
                        "files_read 2",
                        "kept 7",
                        "later 1",
                        "malformed 1",
                        "orphan_product 1",
                        "read 20",
                        "records_counted 20",
                        "records_read 20",
                        "robot 8",
                        "unknown_product_of_interest 1",
                        "unknown_user 3");
        assertThat(values(CleanTables.DATA_QUALITY, "source", "check_name", "rows", "failed", "verdict"))
                .contains(
                        "costs counts_close 3 0 pass",
                        "events counts_close 20 0 pass",
                        "events duplicate 20 1 warn",
                        "events files_listed 2 0 pass",
                        "events files_read 2 0 pass",
                        "events future 20 0 pass",
                        "events records_counted 20 0 pass",
                        "events reject_limit 19 11 pass",
                        "users duplicate 3 1 warn");
        assertThat(notes)
                .contains("users: unknown columns are ignored: [shoe_size]")
                .anyMatch(note -> note.startsWith("ties: no files"));
        assertThat(values(CleanTables.TIES, "koc_id")).isEmpty();

        landing.without("events/b.csv").file("events/a.csv", HEADER + "new,2024-03-02T10:00:00,u,view,p,,,\n");
        clean("2024-03-02", LENIENT, "koc.source.columns.users.user_id=member");

        assertThat(values(CleanTables.EVENTS, "event_id", "arrived")).containsExactly("new 2024-03-02");
        assertThat(values(CleanTables.REFUNDS, "match")).isEmpty();
        assertThat(values(CleanTables.REJECTS, "source")).containsOnly("users");
        assertThat(values(CleanTables.ARRIVAL_CHECKS, "source", "arrived"))
                .contains("events 2024-03-02")
                .doesNotContain("events 2024-03-01");
        assertThat(values(CleanTables.DATA_QUALITY, "day", "source", "check_name", "rows"))
                .contains("2024-03-01 events counts_close 20", "2024-03-02 events counts_close 1");
    }

    @Test
    void arrivalsAreCleanedOnceAndAgainWhenAnOlderOneArrives() {
        arrival("2024-03-01", "u1,1", "o", "bought,2024-03-01T09:00:00,u,purchase,p,,1,9.50\n");
        arrival("2024-03-03", "u1,3", "q", """
                same,2024-03-02T09:00:00,u,view,p,,,
                back,2024-03-03T09:00:00,u,refund,p,,2,9.50
                too-early,2024-03-04T09:00:00,u,view,p,,,
                """);
        arrival("2024-03-05", "u1,5", "r", "not-yet,2024-03-05T09:00:00,u,view,p,,,\n");

        clean("2024-03-03", LENIENT);

        assertThat(values(CleanTables.EVENTS, "event_id", "arrived"))
                .containsExactly("back 2024-03-03", "bought 2024-03-01", "same 2024-03-03");
        assertThat(notes).contains("events: cleaned the arrivals [2024-03-01, 2024-03-03]");
        assertThat(values(CleanTables.REFUNDS, "purchase_event_id", "quantity"))
                .containsExactly("bought 1.000", "null 1.000");
        assertThat(values(CleanTables.REJECTS, "arrived", "reason")).containsExactly("2024-03-03 future");

        arrival("2024-03-02", "u1,2", "late", """
                same,2024-03-02T09:00:00,u,view,p,,,
                bought-too,2024-03-02T09:00:00,u,purchase,p,,1,9.50
                of-later-product,2024-03-02T09:00:00,u,view,q,,,
                """);
        notes.clear();
        clean("2024-03-02", LENIENT);

        assertThat(values(CleanTables.EVENTS, "event_id", "arrived"))
                .containsExactly("back 2024-03-03", "bought 2024-03-01", "bought-too 2024-03-02", "same 2024-03-02");
        assertThat(values(CleanTables.REJECTS, "arrived", "reason"))
                .containsExactly("2024-03-02 orphan_product", "2024-03-03 duplicate", "2024-03-03 future");
        assertThat(values(CleanTables.REFUNDS, "purchase_event_id", "match", "day"))
                .containsExactly("bought earlier 2024-03-01", "bought-too earlier 2024-03-02");
        assertThat(notes).anyMatch(note -> note.startsWith("events: arrivals [2024-03-03] are cleaned again"));
        assertThat(warehouse
                        .readLatest(CleanTables.USERS, day("2024-03-03"))
                        .select("city")
                        .head()
                        .getString(0))
                .isEqualTo("3");

        landing.file("events/arrived=2024-03-02/a.csv", HEADER + "same,2024-03-02T10:00:00,u,view,p,,,\n");
        cleanFrom(day("2024-03-02"), "2024-03-03", LENIENT);

        assertThat(values(CleanTables.EVENTS, "event_id", "arrived"))
                .containsExactly("back 2024-03-03", "bought 2024-03-01", "same 2024-03-02");
        assertThat(values(CleanTables.REJECTS, "arrived", "reason"))
                .containsExactly("2024-03-03 conflicting_id", "2024-03-03 future");
        assertThat(values(CleanTables.REFUNDS, "purchase_event_id", "quantity"))
                .containsExactly("bought 1.000", "null 1.000");
    }

    @Test
    void aCleanedArrivalWhoseFilesChangedIsSaidAndCleanedAgainIfAskedFor() {
        arrival("2024-03-01", "u1,1", "o", "first,2024-03-01T09:00:00,u,view,p,,,\n");
        arrival("2024-03-02", "u1,2", "o", "second,2024-03-02T09:00:00,u,view,p,,,\n");
        clean("2024-03-01", LENIENT);
        assertThat(notes).noneMatch(note -> note.contains("have changed"));
        assertThat(values(CleanTables.ARRIVAL_FILES, "source", "arrived", "file", "bytes"))
                .contains("users 2024-03-01 users/arrived=2024-03-01/u.csv 18");

        landing.file("events/arrived=2024-03-01/late.csv", HEADER + "late,2024-03-01T10:00:00,u,view,p,,,\n");
        notes.clear();
        clean("2024-03-02", LENIENT);

        assertThat(notes)
                .contains("events: files of the arrivals [2024-03-01] have changed since these were cleaned:"
                        + " events/arrived=2024-03-01/late.csv; to clean them again, add --from 2024-03-01 to bin/koc run,"
                        + " or set koc.clean.reclean-changed-arrivals = true")
                .filteredOn(note -> note.contains("have changed"))
                .hasSize(1);
        assertThat(values(CleanTables.EVENTS, "event_id")).containsExactly("first", "second");

        notes.clear();
        clean("2024-03-02", LENIENT, "koc.clean.reclean-changed-arrivals=true");

        assertThat(notes).anyMatch(note -> note.endsWith("late.csv; the arrivals are cleaned again"));
        assertThat(values(CleanTables.EVENTS, "event_id", "arrived"))
                .containsExactly("first 2024-03-01", "late 2024-03-01", "second 2024-03-02");

        notes.clear();
        landing.without("events/arrived=2024-03-01/late.csv").without("events/arrived=2024-03-01/a.csv");
        clean("2024-03-02", LENIENT, "koc.clean.reclean-changed-arrivals=true");

        // An arrival that was archived stays as it was cleaned.
        assertThat(notes).noneMatch(note -> note.contains("have changed"));
        assertThat(values(CleanTables.EVENTS, "event_id")).containsExactly("first", "late", "second");
    }

    @Test
    void everyRecordOfEveryFileIsCountedWhateverItsFormat() {
        landing.file("users/region=south/u.csv", "user_id\nu\n\n")
                .file("users/others.csv", "user_id\nv\n\"\"\nuser_id\n")
                .file("products/p[1].csv", "product_id\np\n")
                .file("ties/none.csv", "koc_id,user_id,tie_type\n")
                .file("events/a.json", """
                        {"event_id":"1","occurred_at":"2024-03-01T09:00:00","user_id":"u","event_type":"view","product_id":"p"}\
                        {"event_id":"2","occurred_at":"2024-03-01T09:00:00","user_id":"v","event_type":"view","product_id":"p"}
                        {"event_id":"3"}{"event_id":"4"} text
                        """);

        clean("2024-03-01", LENIENT);

        assertThat(values(CleanTables.EVENTS, "event_id", "user_id")).containsExactly("1 u", "2 v");
        assertThat(values(CleanTables.USERS, "user_id")).containsExactly("u", "v");
        assertThat(values(CleanTables.REJECTS, "reason")).containsExactly("malformed");
        assertThat(checks("events", "2024-03-01"))
                .containsExactly(
                        "events_of_interest 2",
                        "files_listed 1",
                        "files_read 1",
                        "kept 2",
                        "malformed 2",
                        "read 4",
                        "records_counted 4",
                        "records_read 4");
        assertThat(checks("users", "2024-03-01")).contains("blank_rows 1", "repeated_headers 1", "records_read 2");
        assertThat(notes).contains("users: 1 empty rows and 1 repeated header lines are no rows");
        assertThat(checks("ties", "2024-03-01"))
                .containsExactly("files_listed 1", "files_read 1", "kept 0", "records_counted 0", "records_read 0");
        assertThat(values(CleanTables.DATA_QUALITY, "source", "check_name", "rows", "failed", "verdict"))
                .contains("ties files_listed 1 0 pass", "ties files_read 1 0 pass", "ties records_counted 0 0 pass");
    }

    @Test
    void aCampaignHasARowForEachSubjectAndTheLatestArrivalOfARowWins() {
        String header = "campaign_id,rule,starts_on,ends_on,product_id,category\n";
        arrival("2024-03-01", "u,1", "o", "fine,2024-03-01T09:00:00,u,view,p,,,\n");
        arrival("2024-03-02", "u,1", "o", "too,2024-03-02T09:00:00,u,view,p,,,\n");
        landing.file("campaigns/arrived=2024-03-01/a.csv", header + """
                        spring,allow,2024-03-01,,p,
                        spring,allow,2024-03-01,,,a > b
                        spring,allow,2024-03-01,,,a > b
                        spring,exclude,2024-03-01,,,a > b
                        spring,allow,2024-03-01,,,
                        """)
                .file("campaigns/arrived=2024-03-02/a.csv", header + "spring,allow,2024-03-01,2024-03-09,p,\n");

        clean("2024-03-02", LENIENT);

        assertThat(warehouse
                        .readLatest(CleanTables.CAMPAIGNS, day("2024-03-02"))
                        .orderBy("category")
                        .select("product_id", "category", "rule", "ends_on")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[p,null,allow,2024-03-09], [null,a > b,allow,null]]");
        assertThat(values(CleanTables.REJECTS, "source", "reason", "field"))
                .containsExactly(
                        "campaigns conflicting_id campaign_id",
                        "campaigns duplicate null",
                        "campaigns missing_field product_id");
        assertThat(values(CleanTables.DATA_QUALITY, "source", "check_name", "rows", "failed"))
                .contains("campaigns counts_close 6 0", "campaigns missing_field 6 1")
                .doesNotContain("campaigns future 6 0");
    }

    @Test
    void aSourceAboveTheRejectLimitWritesItsRejectsOnly() {
        arrival("2024-03-01", "u,1", "o", "fine,2024-03-01T09:00:00,u,view,p,,,\nbad,yesterday,u,view,p,,,\n");

        assertInput(
                () -> clean("2024-03-01"),
                "source events: 50.0% of 2 rows are rejected, above the limit of 5.0%",
                "bad_type (occurred_at) in 1 rows, as in events/arrived=2024-03-01/a.csv, line 3: found the form"
                        + " xxxxxxxxx; expected ISO 8601",
                "koc.source.format.events.dates",
                "bin/koc inspect --landing " + landing.path());
        assertThat(values(CleanTables.REJECTS, "reason")).containsExactly("bad_type");
        assertThat(warehouse.exists(CleanTables.EVENTS)).isFalse();
        assertThat(warehouse.exists(CleanTables.ARRIVAL_CHECKS)).isFalse();
    }

    @Test
    void theLineInAMessageIsThatOfTheRejectedRow() {
        arrival("2024-03-01", "u,Xian", "o", """
                v1,2024-03-01T09:00:00,u,view,p,,,
                v2,2024-03-01T09:00:01,u,view,p,,,
                bought,2024-03-01T09:00:02,u,purchase,p,o1,1,
                """);

        assertInput(() -> clean("2024-03-01"), "missing_field (unit_price) in 1 rows", "a.csv, line 4:");
    }

    @Test
    void noLineIsNamedForRowsOfWhichOneIsKept() {
        arrival("2024-03-01", "u,Xian", "o", """
                same,2024-03-01T09:00:00,u,view,p,,,
                same,2024-03-01T09:00:01,u,view,p,,,
                """);

        assertInput(() -> clean("2024-03-01"), "conflicting_id (event_id) in 1 rows", "a.csv: expected one row");
    }

    @Test
    void twoSourcesMayReadTheSameFile() {
        landing.file("orders.csv", HEADER + """
                        one,2024-03-01T09:00:00,u,view,p,,,
                        two,2024-03-01T09:00:00,w,view,p,,,
                        """).file("products/p.csv", "product_id\np\n");

        clean("2024-03-01", "koc.source.paths.users=orders.csv", "koc.source.paths.events=orders.csv");

        assertThat(values(CleanTables.USERS, "user_id")).containsExactly("u", "w");
        assertThat(values(CleanTables.EVENTS, "event_id")).containsExactly("one", "two");
        assertThat(checks("users", "2024-03-01")).contains("records_counted 2", "records_read 2");
    }

    @Test
    void theSourceThatCausesTheRejectsIsNamedFirst() {
        landing.file("users/users.csv", "user_id\nu\n")
                .file("products/products.csv", "product_id,title\np,tea\nq,\"green\ntea\"\n")
                .file("events/a.csv", HEADER + """
                        fine,2024-03-01T09:00:00,u,view,p,,,
                        orphan,2024-03-01T09:00:00,u,view,q,,,
                        """);

        assertInput(
                () -> clean("2024-03-01"),
                "source products: 66.7% of 3 rows are rejected",
                "malformed in 2 rows, as in products/products.csv, line 3:",
                "set koc.source.multi-line = true");

        clean("2024-03-01", "koc.source.multi-line=true");
        assertThat(values(CleanTables.EVENTS, "event_id")).containsExactly("fine", "orphan");
    }

    @Test
    void messagesNameTheSettingThatHelpsAndShowNoRows() {
        arrival("2024-03-01", "u,1", "o", """
                zone1,2024-03-01T16:00:00Z,secret,view,p,,,
                zone2,2024/3/2 7:30,secret,view,p,,,
                word1,2024-03-01T09:00:00,secret,pv,p,,,
                word2,2024-03-01T09:00:00,secret,pv,p,,,
                price,2024-03-01T09:00:00,secret,purchase,p,,1,"1,234"
                """);

        assertThatThrownBy(() -> clean("2024-03-01"))
                .hasMessageContaining("future (occurred_at) in 2 rows")
                .hasMessageContaining("all lie in the first 8 hours of the next day")
                .hasMessageContaining("set koc.zone")
                .hasMessageContaining("found pv; expected one of [attend, cart,")
                .hasMessageContaining("koc.source.format.events.words.event_type")
                .hasMessageContaining("found the form 9,999; expected a number")
                .hasMessageContaining("koc.source.format.events.numbers")
                .message()
                .doesNotContain("secret", "zone1", "1,234");
    }

    @Test
    void valuesThatCannotBeReadAreLeftOutCountedAndSampled() {
        landing.file("users/users.csv", "user_id,registered_at,birth_year\nu,0000-00-00,1990\nv,1970-01-01,old\n")
                .file("products/products.csv", "product_id\np\n")
                .file("events/a.csv", HEADER + "fine,2024-03-01T09:00:00,\u3000u\t,view,p,NULL,,\n");

        clean("2024-03-01");

        assertThat(values(CleanTables.USERS, "user_id", "registered_at", "birth_year"))
                .containsExactly("u null 1990", "v null null");
        assertThat(values(CleanTables.EVENTS, "user_id", "order_id", "quantity"))
                .containsExactly("u null 1.000");
        assertThat(values(CleanTables.UNREAD_VALUES, "source", "field", "reason", "rows", "sample_file", "sample"))
                .containsExactly(
                        "users birth_year bad_type 1 users/users.csv old",
                        "users registered_at bad_type 1 users/users.csv 0000-00-00",
                        "users registered_at before_epoch 1 users/users.csv 1970-01-01");
        assertThat(values(CleanTables.DATA_QUALITY, "source", "check_name", "rows", "failed", "verdict"))
                .contains("users unread_registered_at 2 2 warn", "events unknown_user 1 0 pass");
        assertThat(notes)
                .anyMatch(
                        note -> note.startsWith(
                                "users: values that cannot be read or cannot be right are left out: registered_at in 2 rows, birth_year in 1 rows"));
    }

    @Test
    void idsThatMatchNothingAreSaidAloud() {
        landing.file("users/users.csv", "user_id\nu\n")
                .file("products/products.csv", "product_id\np\n")
                .file("events/a.csv", HEADER.strip() + ",sharer_id\n" + """
                        a,2024-03-01T09:00:00,1.23457E+17,view,p,,,,u
                        b,2024-03-01T09:00:00,1.23457E+17,view,p,,,,K
                        c,2024-03-01T09:00:00,u,purchase,p,,1,5,
                        d,2024-03-01T09:00:00,u,浏览,unknown,,,,
                        e,2024-03-01T09:00:00,u,look,unknown,,,,
                        """);

        clean("2024-03-01", LENIENT, "koc.source.format.events.words.event_type.look=view");

        assertThat(values(CleanTables.DATA_QUALITY, "source", "check_name", "rows", "failed", "verdict"))
                .contains(
                        "events unknown_user 3 2 warn",
                        "events unknown_sharer 2 1 warn",
                        "events ids_look_rounded 5 2 warn",
                        "events unknown_product_of_interest 4 2 warn");
        assertThat(notes)
                .anyMatch(note -> note.startsWith("events: unknown_user in 2 of 3 rows (66.7%)"))
                .anyMatch(note -> note.startsWith("events: ids_look_rounded in 2 of 5 rows (40.0%)"));
    }

    @Test
    void aDayWithoutEventsEndsTheRunUnlessItIsAllowed() {
        arrival("2024-03-01", "u,1", "o", "fine,2024-03-01T09:00:00,u,view,p,,,\n");

        assertInput(
                () -> clean("2024-03-02"),
                "source events: no event on 2024-03-02",
                "the last day with an event is 2024-03-01");
        assertThat(warehouse.exists(CleanTables.EVENTS)).isFalse();

        clean("2024-03-02", "koc.clean.allow-empty-day=true");
        assertThat(values(CleanTables.EVENTS, "event_id")).containsExactly("fine");
    }

    @Test
    void requiredSourcesMustHaveFiles() {
        landing.file("events/a.csv", HEADER).file("products/p.csv", "product_id\np\n");
        assertInput(() -> clean("2024-03-01"), "landing/users: no files");

        landing.file("users/arrived=2024-03-05/u.csv", "user_id\nu\n");
        assertInput(() -> clean("2024-03-01"), "landing/users: nothing arrived up to 2024-03-01");
    }

    @Test
    void wrongSettingsAreFoundBeforeTheInputIsRead() {
        for (String setting : List.of(
                "koc.clean.reject-limit=5",
                "koc.clean.epoch=long-ago",
                "koc.source.columns.visitors.user_id=x",
                "koc.source.columns.users.member=x",
                "koc.source.columns.users.city=county",
                "koc.source.paths.visitors=x",
                "koc.source.paths.users=\" \"",
                "koc.source.paths.users=\"/exports/users\"",
                "koc.source.paths.users=\"users/\"",
                "koc.source.paths.users=\"exports//users\"",
                "koc.source.paths.users=\"../users\"",
                "koc.source.paths.users=\".\"",
                "koc.source.paths.users=\"exports/users-*.csv\"",
                "koc.source.format.events.dates=[yyyy-b]",
                "koc.source.format.events.numbers.thousands=\".\"",
                "koc.source.format.events.words.event_type.pv=look",
                "koc.source.format.users.words.nickname.x=y",
                "koc.source.format.visitors.dates=[]",
                "koc.source.format.events.dats=[]")) {
            assertThatThrownBy(() -> new CleanJob(config(setting)))
                    .as(setting)
                    .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.USAGE));
        }
    }

    private static String robot() {
        StringBuilder text = new StringBuilder(HEADER);
        IntStream.range(0, 8).forEach(i -> text.append("bot-" + i + ",2024-03-01T12:00:0" + i + ",bot,click,p,,,\n"));
        return text.append("bot-share,2024-03-01T12:00:00,bot,share,p,,,\n")
                .append("bot-order,2024-03-01T12:00:00,bot,purchase,p,,1,9.5\n")
                .toString();
    }

    private void arrival(String day, String user, String product, String events) {
        landing.file("users/arrived=" + day + "/u.csv", "user_id,city\n" + user + "\n")
                .file("products/arrived=" + day + "/p.csv", "product_id\np\n" + product + "\n")
                .file("events/arrived=" + day + "/a.csv", HEADER + events);
    }

    private void clean(String day, String... settings) {
        cleanFrom(null, day, settings);
    }

    private void cleanFrom(@Nullable LocalDate from, String day, String... settings) {
        List<String> all = new ArrayList<>(List.of("koc.clean.robot.actions-per-hour=9"));
        all.addAll(List.of(settings));
        new CleanJob(config(all.toArray(String[]::new)))
                .run(new JobRun(day(day), from, landing.path(), false, warehouse, new Notes()));
    }

    private static void assertInput(ThrowingCallable run, String... parts) {
        assertThatThrownBy(run)
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }

    private List<String> checks(String source, String arrived) {
        return warehouse
                .readUpTo(CleanTables.ARRIVAL_CHECKS, END)
                .where("source = '" + source + "' AND arrived = DATE'" + arrived + "'")
                .selectExpr("concat(check_name, ' ', rows)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private List<String> values(Table table, String... columns) {
        return warehouse.readUpTo(table, END).selectExpr(columns).collectAsList().stream()
                .map(row -> String.join(
                        " ",
                        Arrays.stream(columns)
                                .map(column -> String.valueOf(row.<Object>getAs(column)))
                                .toList()))
                .sorted()
                .toList();
    }

    private final class Notes extends Silence {

        @Override
        public void note(String job, String text) {
            notes.add(text);
        }
    }
}
