package koc.recommend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.recommend.features.Part;
import koc.text.TextNumbers;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTextTest extends SparkTest {
    private static final List<String> TYPICAL = List.of(
            "title = 'Cherries'",
            "product_id = 'p7'",
            "koc_id = 'u3'",
            "nickname = 'Li Mei'",
            "county = 'Xihu'",
            "basis = 'pool'",
            "target_event = 'purchase'",
            "horizon_days = 28",
            "expected_buyers = 19.3D",
            "from_portraits = 7D",
            "from_repurchase = 12.3D",
            "top_portrait_lift = CAST(NULL AS DOUBLE)",
            "top_portrait_lift_low = CAST(NULL AS DOUBLE)",
            "not_ready_reason = CAST(NULL AS STRING)",
            "product_loyalty = 0.5D",
            "posts_too_often = false",
            "has_few_stars = false",
            "unit_cost = 10D",
            "extra_buyers_if_shared_high = CAST(NULL AS DOUBLE)");

    @Test
    void theReasonHasTheBuyersTheirMainCauseAndWhatToDo() {
        assertThat(reason("en"))
                .isEqualTo("About 19 members will buy Cherries in 28 days, 12 because theirs is running out."
                        + " You use it yourself: say so.");
        assertThat(reason("zh")).isEqualTo("28 天内约有 19 位成员会购买 Cherries，其中 12 位因为快用完了。你自己也在用：现身说法。");
    }

    @Test
    void aCauseOfNearlyAllOrOfOneBuyerHasNoNumber() {
        assertThat(reason("en", "from_repurchase = 19D", "from_portraits = 0.3D"))
                .startsWith("About 19 members will buy Cherries in 28 days, mainly because theirs is running out.");
        assertThat(reason("en", "expected_buyers = 1.4D", "from_repurchase = 0.8D", "from_portraits = 0.6D"))
                .startsWith("About 1 member will buy Cherries in 28 days, mainly because theirs is running out.");
    }

    @Test
    void aCauseOfLessThanHalfIsAPart() {
        assertThat(reason("en", "from_repurchase = 8D"))
                .startsWith("About 19 members will buy Cherries in 28 days, partly because theirs is running out.");
        assertThat(reason("en", "expected_buyers = 2D", "from_repurchase = 0.4D", "from_portraits = 0.3D"))
                .startsWith("About 2 members will buy Cherries in 28 days, partly because theirs is running out.");
        assertThat(reason("zh", "from_repurchase = 8D")).startsWith("28 天内约有 19 位成员会购买 Cherries，部分因为快用完了。");
    }

    @Test
    void fewBuyersAreNoReason() {
        assertThat(reason("en", "expected_buyers = 0.31D")).isEqualTo("Hardly anybody will buy Cherries in 28 days.");
    }

    @Test
    void theLiftIsQuotedOnlyWhenItIsCertain() {
        String portraits = "from_portraits = 13D";
        assertThat(reason("en", portraits, "top_portrait_lift = 7.2D", "top_portrait_lift_low = 4.6D"))
                .contains("13 because similar users buy it 7.2 times as often");
        assertThat(reason("en", portraits, "top_portrait_lift = 1.2D", "top_portrait_lift_low = 1.004D"))
                .contains("13 because similar users buy it.");
        assertThat(reason("en", portraits, "top_portrait_lift = 1.2D", "top_portrait_lift_low = 0.7D"))
                .contains("13 because similar users buy it.");
    }

    @Test
    void similarUsersWhoBuyItLessThanOthersAreNoReason() {
        String portraits = "from_portraits = 13D";
        assertThat(reason("en", portraits, "top_portrait_lift = 0.62D", "top_portrait_lift_low = 0.4D"))
                .contains("13 because many users buy it.");
        assertThat(reason("en", portraits, "top_portrait_lift = 1D", "top_portrait_lift_low = 0.4D"))
                .contains("13 because similar users buy it.");
        assertThat(reason(
                        "en",
                        "from_portraits = 0D",
                        "from_non_buyers = 13D",
                        "top_portrait_lift = 0.62D",
                        "top_portrait_lift_low = 0.4D"))
                .contains("13 among those who own no product yet.");
    }

    @Test
    void aThinPoolNamesTheUsersWhoCompleteIt() {
        String portraits = "from_portraits = 13D";
        assertThat(reason("en", portraits, "basis = 'county'")).contains("13 because users of Xihu buy it");
        assertThat(reason("en", portraits, "basis = 'all_users'")).contains("13 because many users buy it");
    }

    @Test
    void whatTheKocIsNotReadyForSaysWhy() {
        assertThat(reason("en", "not_ready_reason = 'tie'"))
                .isEqualTo("About 19 members will buy Cherries in 28 days."
                        + " But you are not tied to the brand yet: buy from it first.");
        assertThat(reason("en", "not_ready_reason = 'approval'")).contains("you approve of too few products");
        assertThat(reason("en", "product_loyalty = 0D")).endsWith("Try a sample first.");
    }

    @Test
    void anotherEventThanAPurchaseIsNamed() {
        assertThat(reason("en", "target_event = 'click'"))
                .startsWith("About 19 members will take an interest in Cherries in 28 days. ");
    }

    @Test
    void theNextActionNamesTheKocAndTheProduct() {
        assertThat(action("en")).isEqualTo("true Let Li Mei share Cherries and say that they use it.");
        assertThat(action("zh")).isEqualTo("true 请 Li Mei 分享 Cherries，并说明自己在用。");
        assertThat(action("en", "nickname = ''", "title = CAST(NULL AS STRING)", "product_loyalty = 0D"))
                .isEqualTo("true Send u3 a sample of p7, then let them share it.");
        assertThat(action("en", "product_loyalty = 0D", "unit_cost = CAST(NULL AS DOUBLE)"))
                .isEqualTo("true Send Li Mei a sample of Cherries (cost unknown) and let them share it.");
        assertThat(action("en", "title = 'Open Door School English, grade 4, family pack'"))
                .isEqualTo(
                        "true Let Li Mei share Open Door School English, grade 4, family pack and say that they use it.");
        assertThat(action("en", "not_ready_reason = 'tie'"))
                .isEqualTo(
                        "false Let Li Mei buy for themselves before they share Cherries: they are not tied to the brand yet.");
        assertThat(action("en", "not_ready_reason = 'approval'"))
                .startsWith("false Send Li Mei a sample of Cherries; let");
        assertThat(action("en", "expected_buyers = 0.5D")).startsWith("true Let");
        assertThat(action("en", "extra_buyers_if_shared_high = 0D"))
                .isEqualTo("false Leave Cherries out of Li Mei's posts: sharing it adds no buyers.");
        assertThat(action("en", "extra_buyers_if_shared_high = 0.1D")).startsWith("true Let");
        assertThat(action("en", "expected_buyers = 0.49D"))
                .isEqualTo("false Leave Cherries for now: too few members of Li Mei's pool will want it.");
    }

    @Test
    void aProductWithFewStarsIsCheckedBeforeItIsShared() {
        assertThat(action("en", "has_few_stars = true"))
                .isEqualTo("false Check Cherries before Li Mei shares it: buyers gave it few stars.");
        assertThat(reason("en", "has_few_stars = true")).endsWith("But it has few stars: wait until it is checked.");
        assertThat(action("en", "has_few_stars = true", "expected_buyers = 0.2D"))
                .startsWith("false Leave Cherries");
    }

    @Test
    void whoPostsTooOftenSharesInsteadOfAnotherPost() {
        assertThat(action("en", "posts_too_often = true"))
                .isEqualTo("true Let Li Mei share Cherries and say that they use it. Instead of another post.");
        assertThat(action("zh", "posts_too_often = true", "product_loyalty = 0D"))
                .isEqualTo("true 先寄 Cherries 的样品给 Li Mei，再请其分享。用来代替别的帖子。");
        assertThat(action("en", "posts_too_often = true", "extra_buyers_if_shared_high = 0D"))
                .doesNotContain("Instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyNumberIsAColumnAndNoNameMakesASentenceLong(String language) {
        String nickname = "樱桃7😀".repeat(1250);
        List<String> main = Part.publishedColumns().stream()
                .map(part -> "if(part = '" + part + "', 65432.1D, " + (part.equals("from_portraits") ? "1D" : "0.1D")
                        + ") AS " + part)
                .toList();
        Dataset<Row> rows = row(
                        "title = '" + "Rice 10 kg with 2 spoons ".repeat(200) + "'",
                        "nickname = '" + nickname + "'",
                        "county = '" + nickname + "'",
                        "horizon_days = 28",
                        "top_portrait_lift = 123.45D",
                        "top_portrait_lift_low = 99D")
                .drop(Part.publishedColumns().toArray(String[]::new))
                .drop(
                        "basis",
                        "expected_buyers",
                        "not_ready_reason",
                        "product_loyalty",
                        "posts_too_often",
                        "target_event")
                .drop("unit_cost", "has_few_stars")
                .selectExpr("*", "explode(array(true, false)) AS has_few_stars")
                .selectExpr("*", "CAST(NULL AS DOUBLE) AS unit_cost")
                .selectExpr("*", "explode(array('" + String.join("', '", Part.publishedColumns()) + "')) AS part")
                .selectExpr("*", "explode(array('pool', 'county', 'all_users')) AS basis")
                .selectExpr("*", "explode(array(0.004D, 1.2D, 98765.4D)) AS expected_buyers")
                .selectExpr("*", "explode(array(NULL, 'tie', 'approval')) AS not_ready_reason")
                .selectExpr("*", "explode(array(0D, 0.5D)) AS product_loyalty", "true AS posts_too_often")
                .selectExpr("*", "explode(array('purchase', 'share_open')) AS target_event")
                .selectExpr(Stream.concat(Stream.of("*"), main.stream()).toArray(String[]::new));

        List<Row> texts = withTexts(language, rows).collectAsList();

        assertThat(texts).hasSize(Part.publishedColumns().size() * 2 * 3 * 3 * 3 * 2 * 2);
        for (Row row : texts) {
            assertThat(TextNumbers.faults(row, "reason", "title", "county")).isEmpty();
            assertThat(TextNumbers.faults(row, "next_action", "title", "nickname"))
                    .isEmpty();
        }
    }

    private static String reason(String language, String... replaced) {
        return withTexts(language, row(replaced)).head().getAs("reason");
    }

    private static String action(String language, String... replaced) {
        Row row = withTexts(language, row(replaced)).head();
        return row.getAs("is_actionable") + " " + row.getAs("next_action");
    }

    private static Dataset<Row> withTexts(String language, Dataset<Row> rows) {
        RecommendSettings settings = RecommendSettings.from(config());
        NextAction action = new NextAction(settings, Texts.of(language));
        return new ReasonText(settings, Texts.of(language))
                .addTo(rows)
                .withColumn("is_actionable", action.isActionable())
                .withColumn("next_action", action.sentence());
    }

    /** A typical row with some columns replaced, each written {@code name = SQL}. */
    private static Dataset<Row> row(String... replaced) {
        Map<String, String> columns = new LinkedHashMap<>();
        Part.publishedColumns().forEach(part -> columns.put(part, "0D"));
        TYPICAL.forEach(column -> put(columns, column));
        for (String column : replaced) {
            put(columns, column);
        }
        List<String> expressions = new ArrayList<>();
        columns.forEach((name, value) -> expressions.add(value + " AS " + name));
        return SPARK.range(1).selectExpr(expressions.toArray(String[]::new));
    }

    private static void put(Map<String, String> columns, String column) {
        int at = column.indexOf(" = ");
        columns.put(column.substring(0, at), column.substring(at + 3));
    }
}
