package koc.cards;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;

import java.time.LocalDate;
import koc.rules.KeptPurchases;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the cards are made of, as of a day.
 *
 * @param day the run date
 */
record CardInputs(Warehouse warehouse, LocalDate day) {
    /** The rows of a table of the day. */
    Dataset<Row> of(Table table) {
        return warehouse.read(table, day);
    }

    /** Adds a name to rows: the nickname of the person whose id is in this column, else the id; null without an id. */
    Dataset<Row> withName(Dataset<Row> rows, String id, String name) {
        Dataset<Row> nicknames = warehouse
                .readLatest(CleanTables.USERS, day)
                .select(
                        col("user_id").as(id),
                        nullif(trim(col("nickname")), lit("")).as("nickname"));
        return rows.join(nicknames, new String[] {id}, "left")
                .withColumn(name, coalesce(col("nickname"), col(id)))
                .drop("nickname");
    }

    /** The actionable rows of koc_recommendations, with {@code product}: the title or else the id. */
    Dataset<Row> products() {
        Column title = coalesce(nullif(trim(col("title")), lit("")), col("product_id"));
        return of(RecommendTables.KOC_RECOMMENDATIONS).where("is_actionable").withColumn("product", title);
    }

    /** All of user_product_days. */
    Dataset<Row> productDays() {
        return warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
    }

    /** user_id and product_id of all that users bought and did not return. */
    Dataset<Row> owned() {
        return productDays()
                // A refund arrives later than its purchase, in a row of its own.
                .groupBy("user_id", "product_id")
                .agg(sum(KeptPurchases.units()).as("kept"))
                .where("kept > 0")
                .select("user_id", "product_id");
    }
}
