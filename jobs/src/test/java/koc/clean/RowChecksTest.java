package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.source.LandingReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowChecksTest extends SparkTest {
    static final ValueFormats FORMATS = ValueFormats.from(DEFAULTS);

    @Test
    void anEventHasTheFirstReasonThatApplies() {
        assertThat(verdicts(Source.EVENTS, null, """
                event_id   | occurred_at          | user_id | event_type | product_id | content_id | quantity | unit_price | rating
                sound      | 2024-03-01T10:00:00  | u       | view       | p          |            |          |            |
                of-content | 2024-03-01           | u       | share      |            | c          |          |            |
                as-float   | 2024-03-01 10:00Z    | u       | purchase   | p          |            | 2.0      | 9.5        |
                no-user    | 2024-03-01T10:00:00  |         | stare      | p          |            |          |            |
                no-subject | 2024-03-01T10:00:00  | u       | click      |            |            |          |            |
                no-product | 2024-03-01T10:00:00  | u       | cart       |            | c          |          |            |
                no-price   | 2024-03-01T10:00:00  | u       | purchase   | p          |            | 1        |            |
                no-rating  | 2024-03-01T10:00:00  | u       | review     | p          |            |          |            |
                clock-only | 12:30                | u       | view       | p          |            |          |            |
                clock-zone | 1:30-08:00           | u       | view       | p          |            |          |            |
                bad-day    | 2024-02-30T10:00:00  | u       | view       | p          |            |          |            |
                half-unit  | 2024-03-01T10:00:00  | u       | purchase   | p          |            | 1.5      | 9.5        |
                bad-price  | 2024-03-01T10:00:00  | u       | purchase   | p          |            | 1        | cheap      |
                six-stars  | 2024-03-01T10:00:00  | u       | review     | p          |            |          |            | 6
                stare      | 2024-03-01T10:00:00  | u       | stare      |            |            | -1       |            |
                no-units   | 2024-03-01T10:00:00  | u       | purchase   | p          |            | 0        | 9.5        |
                pays-you   | 2024-03-01T10:00:00  | u       | purchase   | p          |            | 1        | -9.5       |
                tomorrow   | 2024-03-02T00:00:00  | u       | view       | p          |            |          |            |
                last-night | 2024-03-01T23:59:59  | u       | view       | p          |            |          |            |
                by-offset  | 2024-03-01T16:30:00Z | u       | view       | p          |            |          |            |
                ancient    | 1999-12-31T23:59:59  | u       | view       | p          |            |          |            |
                """)).containsExactlyEntriesOf(verdicts("""
                sound
                of-content
                as-float
                no-user      missing_field:user_id
                no-subject   missing_field:product_id
                no-product   missing_field:product_id
                no-price     missing_field:unit_price
                no-rating    missing_field:rating
                clock-only   bad_type:occurred_at
                clock-zone   bad_type:occurred_at
                bad-day      bad_type:occurred_at
                half-unit
                bad-price    bad_type:unit_price
                six-stars    bad_type:rating
                stare        unknown_event_type:event_type
                no-units     negative_amount:quantity
                pays-you     negative_amount:unit_price
                tomorrow     future:occurred_at
                last-night
                by-offset    future:occurred_at
                ancient      before_epoch:occurred_at
                """));
    }

    @Test
    void rowsOfAFlatSourceAfterTheLastDayAreLeftForLaterEvenWhenTheyAreFaulty() {
        assertThat(verdicts(Source.EVENTS, "2024-03-01", """
                event_id | occurred_at         | user_id | event_type
                today    | 2024-03-01T10:00:00 | u       | post
                tomorrow | 2024-03-02T10:00:00 |         | stare
                """)).containsExactlyEntriesOf(verdicts("""
                today
                tomorrow later
                """));
    }

    @Test
    void columnsWithoutAValueAreFilledBySettings() {
        ValueFormat format = ValueFormat.of(
                config("koc.source.constants.events.event_type=purchase", "koc.source.event-id=[order_id,product_id]"),
                Source.EVENTS);
        Dataset<Row> landed = landed("""
                event_id | occurred_at | user_id | product_id | order_id | unit_price | event_type
                         | 2024-03-01  | u       | p          | o        | 1          |
                own      | 2024-03-01  | u       | p          | o        | 1          | refund
                """);

        assertThat(RowChecks.check(landed.drop("event_type"), Source.EVENTS, format, day("2000-01-01"), null)
                        .selectExpr("concat_ws(' ', event_id, event_type, verdict)")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("o/p purchase", "own purchase");
        assertThat(RowChecks.check(landed.drop("event_id"), Source.EVENTS, format, day("2000-01-01"), null)
                        .selectExpr("concat_ws(' ', event_id, event_type, verdict)")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("o/p purchase", "o/p refund");
    }

    @Test
    void otherSourcesHaveTheirOwnAllowedValuesAndRanges() {
        assertThat(verdicts(Source.USERS, null, """
                user_id | role  | registered_at | birth_year | marketing_opt_out | tags
                plain   |       |               |            |                   | a; b ;
                guide   | guide | 2023-01-05    | 1990       | yes               |
                king    | king  |               |            |                   |
                unsure  |       |               |            | perhaps           |
                """)).containsExactlyEntriesOf(verdicts("""
                plain
                guide
                king
                unsure
                """));
        assertThat(verdicts(Source.PRODUCTS, null, """
                product_id | price | stock | brand_tier | use_cycle_days
                plain      | 9.99  | 0     | 1          | 30
                free       | 0     |       |            |
                gift       | -1    |       |            |
                sixth      |       |       | 6          |
                never      |       |       |            | 0
                """)).containsExactlyEntriesOf(verdicts("""
                plain
                free
                gift
                sixth
                never
                """));
    }

    @Test
    void anOptionalAmountBelowItsMinimumIsLeftOutAndRemarked() {
        assertThat(accepted(
                        Source.PRODUCTS, """
                product_id | price | unit_cost | stock | use_cycle_days
                sound      | 9.99  | 0         | 0     | 1
                gift       | -1    | -0.01     | 5     | 0
                owed       | 1     |           | -3    | -30
                unread     | cheap |           | many  |
                """, "product_id", "price", "unit_cost", "stock", "use_cycle_days", "remarks"))
                .isEqualTo("""
                sound 9.9900 0.0000 0 1 null
                gift null null 5 null unread:negative_amount:price unread:negative_amount:unit_cost \
                unread:negative_amount:use_cycle_days
                owed 1.0000 null 0 null unread:negative_amount:stock unread:negative_amount:use_cycle_days
                unread null null null null unread:bad_type:price unread:bad_type:stock
                """);
        assertThat(accepted(Source.EVENTS, """
                event_id | occurred_at | user_id | event_type | product_id | quantity | unit_price | rating
                cheap    | 2024-03-01  | u       | view       | p          | 2        | -9.5       |
                few      | 2024-03-01  | u       | view       | p          | -2       | 9.5        |
                bought   | 2024-03-01  | u       | purchase   | p          | 2        | 9.5        |
                """, "event_id", "quantity", "unit_price", "amount", "remarks"))
                .isEqualTo("""
                cheap 2.000 null null unread:negative_amount:unit_price
                few 1.000 9.5000 9.50 unread:negative_amount:quantity
                bought 2.000 9.5000 19.00 null
                """);
        assertThat(verdicts(Source.EVENTS, null, """
                event_id | occurred_at | user_id | event_type | product_id | quantity | unit_price
                bought   | 2024-03-01  | u       | 购买        | p          | 1        | -9.5
                returned | 2024-03-01  | u       | refund     | p          | -1       | 9.5
                taken    | 2024-03-01  | u       | cart       | p          | -2       | 9.5
                """)).containsExactlyEntriesOf(verdicts("""
                bought   negative_amount:unit_price
                returned negative_amount:quantity
                taken    negative_amount:quantity
                """));
    }

    @Test
    void aRegistrationAfterTheArrivalIsLeftOutAndRemarked() {
        assertThat(accepted(Source.USERS, """
                user_id  | registered_at
                today    | 2024-03-01T23:59:59
                tomorrow | 2024-03-02
                never    | 9999-12-31
                ancient  | 1999-12-31
                """, "user_id", "date(registered_at)", "remarks"))
                .isEqualTo("""
                today 2024-03-01 null
                tomorrow null unread:future:registered_at
                never null unread:future:registered_at
                ancient null unread:before_epoch:registered_at
                """);
    }

    @Test
    void aUserOfAFlatSourceIsKeptWhenTheRegistrationIsTooLateToBeRight() {
        assertThat(verdicts(Source.USERS, "2024-03-01", """
                user_id  | registered_at
                today    | 2024-03-01
                tomorrow | 2024-03-02
                decade   | 2034-03-01
                never    | 2034-03-02
                """)).containsExactlyEntriesOf(verdicts("""
                today
                tomorrow later
                decade   later
                never
                """));
    }

    @Test
    void aTieThatBeginsInTheFutureIsNoTieYet() {
        String ties = """
                koc_id | user_id | tie_type | since
                never  | u       | friend   | 9999-12-31
                """;

        assertThat(verdicts(Source.TIES, null, ties)).containsExactlyEntriesOf(verdicts("never future:since"));
        assertThat(verdicts(Source.TIES, "2024-03-01", ties)).containsExactlyEntriesOf(verdicts("never later"));
    }

    @Test
    void everyReasonThatASourceCanBeRejectedForIsOneOfItsRules() {
        assertThat(rejectable(RejectReason.NEGATIVE_AMOUNT)).containsExactly(Source.EVENTS, Source.COSTS);
        assertThat(rejectable(RejectReason.FUTURE)).containsExactly(Source.EVENTS, Source.TIES, Source.COSTS);
        assertThat(rejectable(RejectReason.BEFORE_EPOCH)).containsExactly(Source.EVENTS, Source.COSTS);
    }

    private static List<Source> rejectable(RejectReason reason) {
        return Arrays.stream(Source.values())
                .filter(source -> source.canBeRejectedFor(reason))
                .toList();
    }

    @Test
    void anOptionalValueThatCannotBeReadIsLeftOutAndRemarked() {
        assertThat(accepted(
                        Source.USERS,
                        """
                user_id  | role  | registered_at       | birth_year | marketing_opt_out
                zero     |       | 0000-00-00 00:00:00 |            |
                ancient  |       | 1970-01-01          | 1990       | no
                king     | king  | 2023-01-05          | old        | perhaps
                """,
                        "user_id",
                        "role",
                        "date(registered_at)",
                        "birth_year",
                        "marketing_opt_out",
                        "remarks"))
                .isEqualTo("""
                zero consumer null null false unread:bad_type:registered_at
                ancient consumer null 1990 false unread:before_epoch:registered_at
                king consumer 2023-01-05 null true unread:bad_type:role unread:bad_type:birth_year \
                unread:bad_type:marketing_opt_out
                """);
        assertThat(accepted(Source.EVENTS, """
                event_id | occurred_at | user_id | event_type | product_id | quantity | unit_price | rating
                seen     | 2024-03-01  | u       | view       | p          | few      | 1,234      | 6
                weighed  | 2024-03-01  | u       | 购买        | p          | 0.35     | ¥9.50      |
                rounded  | 2024-03-01  | 1.2E+17 | Share-Open | p          |          |            |
                """, "event_id", "event_type", "quantity", "amount", "remarks"))
                .isEqualTo("""
                seen view 1.000 null unread:bad_type:quantity unread:bad_type:unit_price unread:bad_type:rating
                weighed purchase 0.350 3.33 null
                rounded share_open 1.000 null ids_look_rounded
                """);
    }

    @Test
    void whatAnEventNeedsMustBeReadable() {
        assertThat(verdicts(Source.EVENTS, null, """
                event_id  | occurred_at | user_id | event_type | product_id | quantity | unit_price | rating
                ambiguous | 2024-03-01  | u       | purchase   | p          | 1        | 1,234      |
                some      | 2024-03-01  | u       | refund     | p          | some     | 5          |
                nothing   | 2024-03-01  | NULL    | view       | p          |          |            |
                dashes    | 2024-03-01  | u       | purchase   | p          | 0.0001   | 5          |
                """)).containsExactlyEntriesOf(verdicts("""
                ambiguous bad_type:unit_price
                some      bad_type:quantity
                nothing   missing_field:user_id
                dashes    negative_amount:quantity
                """));
    }

    @Test
    void aTieEndsAfterItBegins() {
        assertThat(verdicts(Source.TIES, null, """
                koc_id    | user_id | tie_type | since      | until
                fine      | u       | friend   | 2024-01-05 | 2024-01-05
                chinese   | u       | 好友      | 2024-01-05 | 0000-00-00
                backwards | u       | group    | 2024-01-05 | 2024-01-04
                unknown   | u       | cousin   |            |
                """)).containsExactlyEntriesOf(verdicts("""
                fine
                chinese
                backwards bad_type:until
                unknown   bad_type:tie_type
                """));
    }

    @Test
    void anInviterIsCleanedLikeOtherIds() {
        assertThat(accepted(Source.USERS, """
                user_id | acquired_via
                plain   | koc:1001
                float   | koc:1001.0
                quoted  | “KOC： '1001' ”
                lost    | koc:1.23457E+17
                nobody  | koc:
                channel | Live "stream"
                """, "user_id", "acquired_via", "remarks"))
                .isEqualTo("""
                plain koc:1001 null
                float koc:1001 null
                quoted koc:1001 null
                lost koc:1.23457E+17 ids_look_rounded
                nobody null null
                channel Live "stream" null
                """);
    }

    @Test
    void aCampaignNamesASubjectAndEndsAfterItBegins() {
        assertThat(verdicts(Source.CAMPAIGNS, "2024-03-01", """
                campaign_id | rule    | starts_on  | ends_on    | product_id | category | brand | koc_type
                product     | allow   | 2024-03-01 |            | p          |          |       |
                to-come     | exclude | 2099-03-01 | 2099-03-01 |            | a > b    |       | guide
                of-brand    | exclude | 2024-03-01 |            |            |          | b     |
                no-rule     |         | 2024-03-01 |            | p          |          |       |
                no-start    | allow   |            | 2024-03-02 | p          |          |       |
                of-nothing  | allow   | 2024-03-01 |            |            |          |       |
                maybe       | maybe   | 2024-03-01 |            | p          |          |       |
                of-kings    | allow   | 2024-03-01 |            | p          |          |       | king
                someday     | allow   | someday    |            | p          |          |       |
                backwards   | allow   | 2024-03-02 | 2024-03-01 | p          |          |       |
                """)).containsExactlyEntriesOf(verdicts("""
                product
                to-come
                of-brand
                no-rule    missing_field:rule
                no-start   missing_field:starts_on
                of-nothing missing_field:product_id
                maybe      bad_type:rule
                of-kings   bad_type:koc_type
                someday    bad_type:starts_on
                backwards  bad_type:ends_on
                """));
    }

    @Test
    void valuesAreConvertedToTheTypesOfTheirTable() {
        Dataset<Row> event =
                RowChecks.check(landed("""
                event_id | occurred_at         | user_id | event_type | product_id | quantity | unit_price
                e        | 2024-03-01T00:30:00 | u       | purchase   | p          | 3        | 0.3350
                """), Source.EVENTS, FORMATS.of(Source.EVENTS), day("2000-01-01"), null);
        Dataset<Row> user = RowChecks.check(
                landed("user_id | tags\nu | a; b ;"), Source.USERS, FORMATS.of(Source.USERS), day("2000-01-01"), null);

        assertThat(event.withColumn("raw", RowChecks.raw(Source.EVENTS))
                        .selectExpr("cast(unix_seconds(occurred_at) as string)", "day", "quantity", "amount", "raw")
                        .head()
                        .mkString(" "))
                .isEqualTo(
                        "1709224200 2024-03-01 3.000 1.01 {\"event_id\":\"e\",\"occurred_at\":\"2024-03-01T00:30:00\","
                                + "\"user_id\":\"u\",\"event_type\":\"purchase\",\"product_id\":\"p\",\"quantity\":\"3\","
                                + "\"unit_price\":\"0.3350\"}");
        assertThat(user.selectExpr("role", "marketing_opt_out", "to_json(tags)")
                        .head()
                        .mkString(" "))
                .isEqualTo("consumer false [\"a\",\"b\"]");
    }

    private static Map<String, String> verdicts(Source source, @Nullable String lastDay, String text) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        RowChecks.check(
                        landed(text),
                        source,
                        FORMATS.of(source),
                        day("2000-01-01"),
                        lastDay == null ? null : day(lastDay))
                .select(source.required().get(0), Verdict.COLUMN)
                .collectAsList()
                .forEach(row -> verdicts.put(row.getString(0), row.isNullAt(1) ? "" : row.getString(1)));
        return verdicts;
    }

    private static String accepted(Source source, String text, String... columns) {
        StringBuilder lines = new StringBuilder();
        RowChecks.check(landed(text), source, FORMATS.of(source), day("2000-01-01"), null)
                .where(Verdict.isAccepted())
                .selectExpr(columns)
                .collectAsList()
                .forEach(row -> lines.append(row.mkString(" ")).append('\n'));
        return lines.toString();
    }

    private static Map<String, String> verdicts(String text) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (String line : text.strip().lines().map(String::strip).toList()) {
            int space = line.indexOf(' ');
            verdicts.put(
                    space < 0 ? line : line.substring(0, space),
                    space < 0 ? "" : line.substring(space).strip());
        }
        return verdicts;
    }

    /** Rows as the reader gives them, all arrived on 2024-03-01. */
    static Dataset<Row> landed(String text) {
        List<String[]> lines = text.lines().map(line -> line.split("\\|", -1)).toList();
        StructType schema = new StructType();
        for (String name : lines.get(0)) {
            schema = schema.add(name.strip(), DataTypes.StringType);
        }
        List<Row> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Object[] values = new Object[line.length];
            for (int i = 0; i < line.length; i++) {
                values[i] = line[i].isBlank() ? null : line[i].strip();
            }
            rows.add(RowFactory.create(values));
        }
        return SPARK.createDataFrame(rows, schema)
                .selectExpr(
                        "*",
                        "'users/a.csv' AS " + LandingReader.FILE,
                        "DATE'2024-03-01' AS " + LandingReader.ARRIVED,
                        "cast(null AS string) AS " + LandingReader.MALFORMED,
                        "1 AS " + LandingReader.COVERED);
    }
}
