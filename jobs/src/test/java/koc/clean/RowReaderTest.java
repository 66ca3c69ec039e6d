package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.source.LandingReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading a row without Spark gives the verdict of the clean job. */
class RowReaderTest extends SparkTest {
    private static final LocalDate EPOCH = day("2000-01-01");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void eventsAreJudgedAsTheCleanJobDoes() {
        assertSameProblems(Source.EVENTS, """
                event_id | occurred_at          | user_id | event_type | product_id | quantity | unit_price | rating
                sound    | 2024-03-01           | u       | view       | p          |          |            |
                left-out | 2024-03-01           | u       | view       | p          | -1       | -2         | 6
                ancient  | 1999-12-31T15:59:59Z | u       | view       | p          |          |            |
                new      | 1999-12-31T16:00:00Z | u       | view       | p          |          |            |
                few      | 2024-03-01           | u       | purchase   | p          | few      | 1          |
                none     | 2024-03-01           | u       | purchase   | p          | 0        | 1          |
                enormous | 2024-03-01           | u       | view       | p          | 9999999  | 999999999999 |
                huge     | 2024-03-01           | u       | purchase   | p          |          | 9E999999999  |
                tiny     | 2024-03-01           | u       | purchase   | p          | 1E-99    | 1          |
                tinier   | 2024-03-01           | u       | purchase   | p          |          | 1E-999999999 |
                wide     | 2024-03-01           | u       | purchase   | p          |          | 10000000000000000 |
                rounded  | 2024-03-01           | u       | purchase   | p          |          | 9999999999999999.995 |
                small    | 2024-03-01           | u       | purchase   | p          | 0.0004   | 1          |
                half     | 2024-03-01           | u       | purchase   | p          | 0.0005   | 1          |
                fraction | 2024-03-01           | u       | review     | p          |          |            | 4.5
                whole    | 2024-03-01           | u       | review     | p          |          |            | 4.00000
                nearly   | 2024-03-01           | u       | review     | p          |          |            | 4.00001
                too-many | 2024-03-01           | u       | review     | p          |          |            | 4294967300
                minus    | 2024-03-01           | u       | refund     | p          |          | -1         |
                unpriced | 2024-03-01           | u       | refund     | p          |          |            |
                unrated  | 2024-03-01           | u       | review     | p          |          |            | 6
                unknown  | 2024-03-01           | u       | stare      | p          |          |            |
                too-dear | 2024-03-01           | u       | purchase   | p          | 9999999  | 999999999999 |
                seconds  | 2024-03-01T10:00:75  | u       | view       | p          |          |            |
                fraction-of-second | 2024-03-01 10:00:05.123 +08 | u | view | p       |          |            |
                offset   | 2024-03-01T10:00+25  | u       | view       | p          |          |            |
                """);
    }

    @Test
    void tiesAreJudgedAsTheCleanJobDoesAlsoAroundTheEpoch() {
        assertSameProblems(Source.TIES, """
                koc_id    | user_id | tie_type | since      | until
                fine      | u       | friend   | 2024-01-05 | 2024-01-05
                backwards | u       | friend   | 2024-01-05 | 2024-01-04
                no-end    | u       | friend   | 2024-01-05 | 1970-01-01
                no-end-2  | u       | friend   | 2024-01-05 | 1999-12-31
                at-epoch  | u       | friend   | 2024-01-05 | 2000-01-01
                no-begin  | u       | friend   | 1970-01-01 | 2024-01-05
                nothing   | u       | friend   | 1970-01-02 | 1970-01-01
                unread    | u       | friend   | 2024-01-05 | never
                """);
    }

    @Test
    void otherSourcesAreJudgedAsTheCleanJobDoes() {
        assertSameProblems(Source.PRODUCTS, """
                product_id | price | stock
                owed       | -1    | -1
                """);
        assertSameProblems(Source.USERS, """
                user_id | registered_at
                ancient | 1970-01-01
                """);
        assertSameProblems(Source.COSTS, """
                koc_id  | day        | cost_type | amount
                fine    | 2024-01-05 | ad        | 1
                minus   | 2024-01-05 | ad        | -1
                ancient | 1970-01-01 | ad        | 1
                """);
        assertSameProblems(Source.CAMPAIGNS, """
                campaign_id | rule  | starts_on  | ends_on    | product_id | brand
                fine        | allow | 1970-01-01 | 1970-01-01 | p          |
                backwards   | allow | 1970-01-02 | 1970-01-01 | p          |
                of-nothing  | allow | 2024-01-05 |            |            |
                someday     | allow | 2024-01-05 | someday    |            | b
                """);
    }

    private static void assertSameProblems(Source source, String text) {
        ValueFormat format = RowChecksTest.FORMATS.of(source);
        Dataset<Row> landed = RowChecksTest.landed(text);
        List<String> names = List.of(landed.columns()).stream()
                .filter(column ->
                        source.landed().stream().anyMatch(field -> field.name().equals(column)))
                .toList();
        RowReader reader = new RowReader(source, format);
        Map<String, String> problems = new HashMap<>();
        for (Row row : landed.collectAsList()) {
            String problem = reader.problem(column -> value(row, names, column), EPOCH, ZONE)
                    .orElse("");
            problems.put(String.valueOf(value(row, names, names.get(0))), problem);
        }
        Map<String, String> verdicts = new HashMap<>();
        RowChecks.check(landed, source, format, EPOCH, null)
                .drop(LandingReader.ARRIVED)
                .select(names.get(0), Verdict.COLUMN)
                .collectAsList()
                .forEach(row -> verdicts.put(
                        row.getString(0),
                        row.isNullAt(1) ? "" : row.getString(1).replaceFirst("(.*):(.*)", "$1 ($2)")));

        assertThat(problems).isEqualTo(verdicts);
    }

    private static @Nullable String value(Row row, List<String> names, String column) {
        return names.contains(column) ? row.getAs(column) : null;
    }
}
