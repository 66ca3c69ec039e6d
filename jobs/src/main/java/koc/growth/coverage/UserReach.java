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
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many active KOCs reach each user, and of which type they are. */
public final class UserReach {
    /** How many active KOCs reach each user, wherever the KOCs live. */
    public static final Frame REACH =
            Frame.named("user_reach").grain("one row per user with a county").columns("""
                    user_id             STRING COMMENT 'User id',
                    region              STRING COMMENT 'Key of the county',
                    province            STRING COMMENT 'Province',
                    city                STRING COMMENT 'City',
                    county              STRING COMMENT 'County',
                    reaching_kocs       BIGINT COMMENT 'Active KOCs with an open tie to the user; may be 0',
                    is_employee_reached BOOLEAN COMMENT 'Whether an employee is among them',
                    is_guide_reached    BOOLEAN COMMENT 'Whether a guide is among them',
                    is_external_reached BOOLEAN COMMENT 'Whether an external KOC is among them',
                    is_user_reached     BOOLEAN COMMENT 'Whether a user KOC is among them',
                    is_store_reached    BOOLEAN COMMENT 'Whether an employee or a guide is among them'""");

    private UserReach() {}

    /**
     * Users with a county -> one row per user ({@link #REACH}).
     *
     * @param users as {@link GrowthUsers#describe} returns them
     * @param ties tie_strengths of the day
     * @param kocs {@link GrowthKocs#KOCS}
     */
    public static Dataset<Row> measure(Dataset<Row> users, Dataset<Row> ties, Dataset<Row> kocs) {
        Dataset<Row> reached = ties.join(kocs.where("is_active").select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .groupBy("user_id")
                .agg(
                        count(lit(1)).as("active_kocs"),
                        bool_or(KocType.EMPLOYEE.matchesRelation()).as("employee"),
                        bool_or(KocType.GUIDE.matchesRelation()).as("guide"),
                        bool_or(KocType.EXTERNAL.matchesRelation()).as("external"),
                        bool_or(KocType.USER.matchesRelation()).as("user"));
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
                .to(REACH.schema());
    }
}
