package koc.portraits.groups;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.List;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** The rows of product_groups. */
public final class ProductGroupRows {
    private static final String[] USER = {"user_id"};
    /** A product of fewer users is not assigned to a group: they say too little. */
    private static final int MIN_USERS = 3;

    private static final StructType FITTED = StructType.fromDDL(
            "product_id STRING, group_id STRING, name STRING, weight DOUBLE, users BIGINT, is_fitted BOOLEAN");
    private static final StructType NAMES = StructType.fromDDL("group_id STRING, name STRING");

    private ProductGroupRows() {}

    /**
     * The fitted products of the groups, and every other product with the group that its users prefer most.
     *
     * @param attention {@link ProductAttention#PRODUCTS} of the run date
     */
    public static Dataset<Row> compute(ProductGroups groups, Dataset<Row> attention, LocalDate day) {
        SparkSession spark = attention.sparkSession();
        List<Row> fitted = groups.members().stream()
                .map(member -> RowFactory.create(
                        member.product(),
                        member.group(),
                        groups.names().getOrDefault(member.group(), member.group()),
                        member.weight(),
                        member.users(),
                        true))
                .toList();
        Dataset<Row> rows = spark.createDataFrame(fitted, FITTED);
        if (groups.isEmpty()) {
            return withDay(rows, day);
        }
        List<Row> names = groups.names().entrySet().stream()
                .map(name -> RowFactory.create(name.getKey(), name.getValue()))
                .toList();
        Dataset<Row> others = assign(attention, groups.mapping(spark))
                .join(broadcast(spark.createDataFrame(names, NAMES)), new String[] {"group_id"}, "inner")
                .withColumn("is_fitted", lit(false));
        return withDay(rows.unionByName(others), day);
    }

    /**
     * {@link ProductAttention#PRODUCTS} -> product grain, of products that are in no group: the group to which their users
     * give most attention, compared with all users.
     *
     * <p>Worked: the users of a product give .3 of their attention to a group that has .1 of everybody's, and .4 to one that
     * has .2: 3 and 2 times the average. The product belongs to the first, with a weight of 3.
     *
     * @param mapping product_id, group_id
     */
    static Dataset<Row> assign(Dataset<Row> attention, Dataset<Row> mapping) {
        Column all = ExactSums.sumOver(col("weight"), Window.partitionBy("user_id"));
        Dataset<Row> fractions = attention
                .join(broadcast(mapping), new String[] {"product_id"}, "inner")
                .groupBy("user_id", "group_id")
                .agg(ExactSums.sum(col("weight")).as("weight"))
                .withColumn("fraction", col("weight").divide(all));
        Dataset<Row> means = fractions
                .groupBy("group_id")
                .agg(ExactSums.sum(col("fraction")).as("mean"))
                .crossJoin(
                        fractions.select("user_id").distinct().agg(count(lit(1)).as("all_users")))
                .select(col("group_id"), col("mean").divide(col("all_users")).as("mean"));
        Dataset<Row> ungrouped = attention.join(broadcast(mapping), new String[] {"product_id"}, "left_anti");
        Dataset<Row> users = ungrouped
                .join(fractions.select("user_id").distinct(), USER, "left_semi")
                .groupBy("product_id")
                .agg(count(lit(1)).as("users"))
                .where(col("users").geq(MIN_USERS));
        return ungrouped
                .join(users, new String[] {"product_id"}, "inner")
                .join(fractions.select("user_id", "group_id", "fraction"), USER, "inner")
                .groupBy("product_id", "users", "group_id")
                .agg(ExactSums.sum(col("fraction")).as("fraction"))
                .join(broadcast(means), new String[] {"group_id"}, "inner")
                .withColumn("weight", round(col("fraction").divide(col("users")).divide(col("mean")), 6))
                .groupBy("product_id", "users")
                .agg(max_by(struct("group_id", "weight"), struct("weight", "group_id"))
                        .as("best"))
                .select("product_id", "best.group_id", "best.weight", "users");
    }

    private static Dataset<Row> withDay(Dataset<Row> rows, LocalDate day) {
        return rows.select(
                lit(day).as("day"),
                col("product_id"),
                col("group_id"),
                col("name"),
                col("weight"),
                col("users"),
                col("is_fitted"));
    }
}
