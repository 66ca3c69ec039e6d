package koc.growth.leads;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.growth.GrowthSettings;
import koc.text.RowSentences;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LeadReasonsTest extends SparkTest {
    /** A user with names of 5,000 characters, for every occasion and way of being found. */
    private static final Dataset<Row> LEADS = rows(AcquisitionLeads.CANDIDATES, """
                    user_id | kocs  | inquiries_90d | recency_days | discount_rate
                    new     | 0     | 12            | 364          | .215
                    known   | 12345 | 12            | 364          | .215
                    """)
            .withColumn("county", repeat(lit("c"), 5000))
            .withColumn("store_id", lit("s13"))
            .withColumn("category", repeat(lit("t"), 5000))
            .withColumn("portrait_name", repeat(lit("p"), 5000))
            .withColumn("found_by", each("engagement", "store", "county_portrait", "category", "county", "portrait"))
            .withColumn("scene", each("pre_sale", "after_sale", "similar_group", "coupon", "order"))
            // A shared taste is the occasion only for users who were found by it.
            .where("scene <> 'similar_group' OR found_by = 'category'");

    @Test
    void reasonsAreShortAndTheirNumbersAreColumns() {
        for (String language : List.of("en", "zh")) {
            List<Row> rows = LEADS.withColumn(
                            "reason", LeadReasons.explain(GrowthSettings.from(config("koc.language=" + language))))
                    .collectAsList();

            assertThat(rows).hasSize(50);
            assertThat(RowSentences.faults(rows, List.of(), "reason")).isEmpty();
        }
    }

    @Test
    void theReasonIsTheOccasionWithWhatToDoAndHowTheUserWasFound() {
        Column reason = LeadReasons.explain(GrowthSettings.from(DEFAULTS));

        assertThat(LEADS.withColumn("county", lit("Wuhou"))
                        .withColumn("portrait_name", lit("Young single"))
                        .where("user_id = 'new' AND scene = 'coupon' AND found_by = 'county_portrait'")
                        .select(reason)
                        .head()
                        .getString(0))
                .isEqualTo(
                        "Saves 22% of the list price: offer a coupon. No KOC yet; lives in Wuhou; Young single, like most of"
                                + " the pool.");
        assertThat(LEADS.where(col("kocs").gt(0)).select(reason).first().getString(0))
                .contains("In the pools of 12,345 KOCs; ");
    }

    private static Column each(String... values) {
        return explode(array(Stream.of(values).map(value -> lit(value)).toArray(Column[]::new)));
    }
}
