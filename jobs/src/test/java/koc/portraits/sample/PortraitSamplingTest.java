package koc.portraits.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.portraits.assign.PortraitAssignment;
import koc.portraits.fit.ModelSettings;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PortraitSamplingTest extends SparkTest {
    private static final Dataset<Row> CATEGORIES = rows(FeatureTables.USER_CATEGORIES, """
            user_id | category | weight | attention_fraction
            ann     | tea      | 3      | 0.75
            ann     | coffee   | 1      | 0.25
            bob     | tea      | 2      | 1
            bob     | (none)   | 9      | 0
            """);
    private static final Dataset<Row> USERS =
            PortraitAssignment.withAttention(rows(FeatureTables.USER_FEATURES, """
                    user_id | is_newcomer | orders_365d | discount_rate
                    ann     | false       | 1           | 0.5
                    bob     | false       | 1           |
                    new     | true        | 1           | 0.5
                    """), CATEGORIES);
    private static final Dataset<Row> HOLDOUT = rows(FeatureTables.USER_CATEGORY_DAYS, """
            user_id | category | purchase_lines | refunded_lines
            ann     | tea      | 2              | 1
            ann     | coffee   | 1              | 1
            """);

    @Test
    void theSampleHasAttentionNumbersAndHoldoutPurchasesOfUsersWhoAreNoNewcomers() {
        PortraitSample sample = PortraitSampling.draw(USERS, CATEGORIES, HOLDOUT, ModelSettings.from(DEFAULTS));

        assertThat(sample.categories()).containsExactly("tea", "coffee");
        assertThat(sample.eligibleUsers()).isEqualTo(2);
        PortraitSample.User ann = sample.users().stream()
                .filter(user -> user.attention() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(ann.categoryAttention()).containsExactly(3, 1);
        assertThat(ann.holdoutPurchases()).containsExactly(1, 0);
        assertThat(ann.numbers()[3]).isEqualTo(0.5);
        assertThat(ann.numbers()[2]).isNull();
    }

    @Test
    void theMostPopularCategoriesAreKept() {
        ModelSettings settings = ModelSettings.from(config("koc.portraits.categories=1"));

        PortraitSample sample = PortraitSampling.draw(USERS, CATEGORIES, HOLDOUT, settings);

        assertThat(sample.categories()).isEqualTo(List.of("tea"));
        assertThat(sample.meanAttentionFraction(0)).isEqualTo((3 / 4.0 + 2 / 11.0) / 2);
    }
}
