package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import koc.SparkTest;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelMovement;
import koc.kocs.levels.LevelSettings;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** People on either side of every rule about levels. */
public abstract class LevelRows extends SparkTest {
    public static final LocalDate DAY = LocalDate.parse("2024-06-30");
    public static final LevelCriteria CRITERIA = new LevelCriteria(LevelSettings.from(DEFAULTS));
    public static final Texts TEXTS = Texts.of("en");

    /**
     * One person for each rule; level, level_since and grace_until are those of the previous day.
     *
     * <p>Thresholds (net sales, new customers, active days, courses): bronze 500, 1, 8, 0; silver 2000, 2, 15, 1; gold
     * 8000, 5, 25, 2. Keeping silver needs 1600, 2, 12, 1.
     */
    public static final String PEOPLE = """
            koc_id         | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d | level   | level_since | grace_until
            atThreshold    | user     | 10        | 1               | 0           | 1            | 2000          | 2                 | 15              | trainee | 2024-05-01  |
            belowThreshold | user     | 10        | 1               | 0           | 1            | 1999.99       | 2                 | 15              | bronze  | 2024-05-01  |
            jumping        | user     | 10        | 1               | 0           | 2            | 8000          | 5                 | 25              | recruit | 2024-05-01  |
            new            | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 3               |         |             |
            neverBought    | user     | 10        | 0               | 0           | 3            | 90000         | 50                | 80              |         |             |
            retaining      | user     | 10        | 1               | 0           | 1            | 1600          | 2                 | 12              | silver  | 2024-01-01  |
            failing        | user     | 10        | 1               | 0           | 1            | 1599.99       | 2                 | 12              | silver  | 2024-01-01  |
            recent         | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-06-01  |
            lastGraceDay   | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-01-01  | 2024-06-30
            graceOver      | user     | 10        | 1               | 0           | 0            | 600           | 1                 | 9               | silver  | 2024-01-01  | 2024-06-29
            lostEverything | user     | 1         | 0               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-01-01  | 2024-06-29
            recovering     | user     | 10        | 1               | 0           | 1            | 1700          | 2                 | 15              | silver  | 2024-01-01  | 2024-07-05
            externalBronze | external | 10        | 2               | 90          | 0            | 0             | 0                 | 0               | bronze  | 2024-01-01  | 2024-06-29
            externalSilver | external | 10        | 2               | 90          | 0            | 600           | 1                 | 9               | silver  | 2024-01-01  | 2024-06-29
            trialOver      | external | 10        | 2               | 90          | 0            | 0             | 0                 | 5               | trainee | 2024-04-01  |
            onTrial        | external | 10        | 2               | 90          | 0            | 0             | 0                 | 5               | trainee | 2024-04-02  |
            oldTrainee     | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 3               | trainee | 2023-04-01  |
            returning      | external | 10        | 2               | 30          | 3            | 90000         | 50                | 80              | revoked | 2024-01-02  |
            stillRevoked   | external | 10        | 2               | 30          | 3            | 90000         | 50                | 80              | revoked | 2024-01-03  |
            untrained      | user     | 10        | 1               | 0           |              | 8000          | 5                 | 25              | bronze  | 2024-01-01  |
            guide          | guide    | 1         | 0               | 0           | 0            | 0             | 0                 | 0               |         |             |
            """;

    public static Dataset<Row> people(String text) {
        return rows(KocTables.KOC_RANKING, text)
                .withColumn("previous_level", col("level"))
                .withColumn("previous_since", col("level_since"))
                .withColumn("previous_grace_until", col("grace_until"))
                .withColumn("nickname", lit(null).cast("string"))
                .withColumn("region", lit(null).cast("string"))
                .drop("level", "level_since", "grace_until", "level_change");
    }

    public static Dataset<Row> move(Dataset<Row> people) {
        return new LevelMovement(CRITERIA, DAY).move(people, false);
    }
}
