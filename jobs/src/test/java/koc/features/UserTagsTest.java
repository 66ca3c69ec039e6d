package koc.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import koc.text.RowSentences;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserTagsTest extends SparkTest {
    private static final UserTags TAGS =
            new UserTags(FeatureSettings.from(DEFAULTS).tags(), Texts.of("en"));
    private static final Dataset<Row> NO_CATEGORIES = rows(FeatureTables.USER_CATEGORIES, "user_id");

    @Test
    void tagsStateTheirThresholdsAndEvidence() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                day        | user_id | net_spend_365d | price_level | discount_rate | night_fraction | shares_90d | opens_caused_90d | is_newcomer | is_likely_automated | is_likely_joint_account | life_stage | user_tags
                2024-06-30 | ann     | 70             | 1.6         | 0.2           | 0.3            | 4          | 2                | false       | false               | false                   | parent     | a;b
                2024-06-30 | bob     | 700            | 1.0         | 0.1           | 0.29           | 2          | 0                | false       | false               | false                   |            |
                """);

        Dataset<Row> tags = TAGS.compute(features, NO_CATEGORIES);

        assertThat(tags(tags, "ann"))
                .containsExactly(
                        "discount:seeker",
                        "label:a",
                        "label:b",
                        "life stage:parent",
                        "price:premium",
                        "social:sharer",
                        "time:night",
                        "value:low");
        assertThat(tags(tags, "bob")).containsExactly("value:middle");
        assertThat(tags.where("user_id = 'ann' AND tag = 'price:premium'")
                        .select("evidence")
                        .head()
                        .getString(0))
                .isEqualTo("pays 1.60 times the usual price of the category");
    }

    @Test
    void newcomersGetNoTagsForTimesOfTheWeek() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                day        | user_id | net_spend_365d | night_fraction | shares_90d | is_newcomer | is_likely_automated | is_likely_joint_account
                2024-06-30 | ann     | 0              | 0.9            | 0          | true        | false               | false
                """);

        assertThat(tags(TAGS.compute(features, NO_CATEGORIES), "ann")).containsExactly("newcomer:yes", "value:none");
    }

    @Test
    void theThreeCategoriesWithMostAttentionAreTagsAndTiesGoByName() {
        Dataset<Row> categories = rows(FeatureTables.USER_CATEGORIES, """
                day        | user_id | category | weight | attention_fraction
                2024-06-30 | ann     | (none)   | 8      | 0.4
                2024-06-30 | ann     | tea      | 6      | 0.3
                2024-06-30 | ann     | milk     | 2      | 0.1
                2024-06-30 | ann     | soap     | 2      | 0.1
                2024-06-30 | ann     | bread    | 2      | 0.1
                2024-06-30 | nobody  | bread    | 2      | 0.1
                """);

        Dataset<Row> tags = TAGS.compute(rows(FeatureTables.USER_FEATURES, """
                user_id | is_likely_joint_account
                ann     | false
                """), categories);

        assertThat(tags(tags, "ann")).containsExactly("category:bread", "category:milk", "category:tea");
        assertThat(tags(tags, "nobody")).as("who has no features is no person").isEmpty();
    }

    @Test
    void theEvidenceOfAnAutomatedAccountCountsTheSharesOfItsRule() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                user_id | shares_90d | shares_365d | history_days | is_likely_automated | is_likely_joint_account
                poster  | 0          | 600         | 365          | true                | false
                """);

        assertThat(evidence(TAGS.compute(features, NO_CATEGORIES), "account:automated"))
                .isEqualTo("600 shares in 365 days and hardly any other action: looks like an automated account");
    }

    @Test
    void anAccountThatLooksSharedGetsTagsByRuleOnly() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                user_id | net_spend_365d | orders_365d | order_days_365d | order_fraction | history_days | is_likely_joint_account | user_tags
                counter | 9000           | 300         | 120             | 0.1            | 150          | true                    | shop
                """);
        Dataset<Row> categories = rows(FeatureTables.USER_CATEGORIES, """
                user_id | category | weight | attention_fraction
                counter | tea      | 6      | 0.3
                """);

        Dataset<Row> tags = TAGS.compute(features, categories);

        assertThat(tags(tags, "counter")).containsExactly("account:joint", "label:shop");
        assertThat(evidence(tags, "account:joint"))
                .isEqualTo("300 orders in 150 days: looks like an account that several people use");
    }

    @Test
    void theNumbersOfTheEvidenceAreColumns() {
        Dataset<Row> features = rows(FeatureTables.USER_FEATURES, """
                day        | user_id | net_spend_365d | price_level | discount_rate | morning_fraction | evening_fraction | night_fraction | weekend_fraction | shares_90d | shares_365d | product_actions_365d | orders_365d | history_days | is_newcomer | is_likely_automated | is_likely_joint_account
                2024-06-30 | ann     | 70.5           | 1.634       | 0.215         | 0.9              | 0.9              | 0.9            | 0.9              | 4          | 600         | 3                    | 5           | 120          | false       | true                | false
                2024-06-30 | bob     | 0              | .5          | 0.1           | 0                | 0                | 0              | 0                | 0          | 0           | 3                    | 0           | 120          | true        | false               | false
                2024-06-30 | shop    | 9              | 1           | 0.1           | 0                | 0                | 0              | 0                | 0          | 0           | 3                    | 300         | 120          | false       | false               | true
                """);
        Dataset<Row> categories = rows(FeatureTables.USER_CATEGORIES, """
                user_id | category | weight | attention_fraction
                ann     | tea      | 6      | 0.375
                """);
        for (String language : List.of("en", "zh")) {
            List<Row> tags = new UserTags(FeatureSettings.from(DEFAULTS).tags(), Texts.of(language))
                    .compute(features, categories)
                    .collectAsList();

            assertThat(tags).hasSizeGreaterThan(12);
            assertThat(RowSentences.faults(tags, List.of(), "evidence")).isEmpty();
        }
    }

    private static String evidence(Dataset<Row> tags, String tag) {
        return tags.where("tag = '" + tag + "'").select("evidence").head().getString(0);
    }

    private static List<String> tags(Dataset<Row> tags, String user) {
        return tags.where("user_id = '" + user + "'").orderBy("tag").select("tag").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
