package koc.kocs.levels;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import koc.kocs.LevelRows;
import koc.rules.KocLevels;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;

class LevelCriteriaTest extends LevelRows {
    private static final Column SILVER = lit(KocLevels.BRONZE_INDEX + 1);
    private static final Column RECRUIT = lit(0);
    private static final String PERSON = """
            koc_id | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d
            koc    | user     | 10        | 0               | 0           |              | 1599.99       | 2                 | 12
            """;

    @Test
    void numbersAreDescribedAgainstTheThresholdsOfALevel() {
        assertThat(valueOf(CRITERIA.describe(SILVER, TEXTS)))
                .isEqualTo("1,599.99 of 2,000.00 net sales, 2 of 2 new customers, 12 of 15 active days");
        assertThat(valueOf(CRITERIA.describe(RECRUIT, TEXTS))).isEqualTo("");
    }

    @Test
    void keepingALevelNeedsAFractionOfItsThresholds() {
        assertThat(valueOf(CRITERIA.describeUnmetRetention(SILVER, TEXTS))).isEqualTo("1,599.99 of 1,600.00 net sales");
    }

    @Test
    void namesAndValuesAreThoseOfWhatALevelNeeds() {
        assertThat(valueOf(CRITERIA.nameRequired(SILVER, TEXTS))).isEqualTo("net sales, new customers, active days");
        assertThat(valueOf(CRITERIA.nameUnmetRetention(SILVER, TEXTS))).isEqualTo("net sales");
        assertThat(valueOf(CRITERIA.describeValues(SILVER, TEXTS)))
                .isEqualTo("net sales of 1,599.99, 2 new customers, 12 active days");
    }

    @Test
    void whatIsMissingIsTheRequirementLessTheValue() {
        assertThat(missing(SILVER)).isEqualTo("[400.01,0,3,null,null,null,null,null]");
        assertThat(missing(lit(KocLevels.TRAINEE_INDEX))).isEqualTo("[null,null,0,null,0,1,null,orders]");
        assertThat(missing(RECRUIT)).isEqualTo("[null,null,null,null,null,null,null,null]");
    }

    @Test
    void progressIsTheMeanOfTheQuotients() {
        // Net sales 1,599.99 of 2,000, new customers reached, and 12 of 15 active days.
        assertThat(valueOf(CRITERIA.progress(SILVER))).isEqualTo((1599.99 / 2000 + 1 + 12.0 / 15) / 3);
        // A trainee needs three things, of which own orders are missing.
        assertThat(valueOf(CRITERIA.progress(lit(KocLevels.TRAINEE_INDEX)))).isEqualTo(2.0 / 3);
        assertThat(valueOf(CRITERIA.progress(RECRUIT))).isEqualTo(1.0);
    }

    @Test
    void theWindowDecidesWhichNumbersCount() {
        LevelCriteria monthly = new LevelCriteria(LevelSettings.from(config("koc.kocs.levels.window-days=30")));

        assertThat(CRITERIA.measure("net_sales").toString()).isEqualTo("net_sales_90d");
        assertThat(monthly.measure("net_sales").toString()).isEqualTo("net_sales_30d");
    }

    private static String missing(Column level) {
        Column[] missing = Stream.concat(
                        LevelCriteria.REQUIREMENTS.stream().map(name -> col(LevelCriteria.MISSING + name)),
                        Stream.of(LevelCriteria.onlyMissing()))
                .toArray(Column[]::new);
        return CRITERIA.withMissing(people(PERSON), level)
                .select(missing)
                .head()
                .toString();
    }

    private static Object valueOf(Column column) {
        return people(PERSON).select(column).head().get(0);
    }
}
