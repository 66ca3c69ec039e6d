package koc.growth.coverage;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.stream.Stream;
import koc.growth.GrowthKocs;
import koc.growth.GrowthUsers;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How many active KOCs reach each user, and of which type they are. */
public final class UserReach {
    /**
     * One row per user with a county. {@code reaching_kocs} counts the active KOCs with an open tie to the user,
     * wherever the KOC lives; it may be 0. {@code is_store_reached}: an employee or a guide is among them.
     */
    public static final StructType SCHEMA = StructType.fromDDL("""
            user_id STRING, region STRING, province STRING, city STRING, county STRING, reaching_kocs LONG,
            is_employee_reached BOOLEAN, is_guide_reached BOOLEAN, is_external_reached BOOLEAN,
            is_user_reached BOOLEAN, is_store_reached BOOLEAN""");

    private UserReach() {}

    /**
     * Users with a county -> one row per user ({@link #SCHEMA}).
     *
     * @param users as {@link GrowthUsers#describe} returns them
     * @param ties tie_strengths of the day
     * @param kocs {@link GrowthKocs#SCHEMA}
     */
    public static Dataset<Row> measure(Dataset<Row> users, Dataset<Row> ties, Dataset<Row> kocs) {
        Dataset<Row> reached = ties.join(kocs.where("is_active").select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .groupBy("user_id")
                .agg(
                        count(lit(1)).as("active_kocs"),
                        bool_or(KocType.EMPLOYEE.isOfEdge()).as("employee"),
                        bool_or(KocType.GUIDE.isOfEdge()).as("guide"),
                        bool_or(KocType.EXTERNAL.isOfEdge()).as("external"),
                        bool_or(KocType.USER.isOfEdge()).as("user"));
        Stream<Column> types = Stream.of("employee", "guide", "external", "user")
                .map(type -> coalesce(col(type), lit(false)).as("is_" + type + "_reached"));
        return users.where("region IS NOT NULL")
                .select("user_id", "region", "province", "city", "county")
                .join(reached, new String[] {"user_id"}, "left")
                .select(Stream.concat(
                                Stream.of(
                                        col("user_id"),
                                        col("region"),
                                        col("province"),
                                        col("city"),
                                        col("county"),
                                        coalesce(col("active_kocs"), lit(0L)).as("reaching_kocs")),
                                types)
                        .toArray(Column[]::new))
                .withColumn("is_store_reached", col("is_employee_reached").or(col("is_guide_reached")))
                .to(SCHEMA);
    }
}
