package koc.kocs;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.kocs.features.KocFeatures;
import koc.kocs.score.KocBaselines;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds features of KOCs from aligned text tables that name only the columns that matter. */
public abstract class KocFeatureRows extends SparkTest {
    public static final LocalDate DAY = LocalDate.parse("2024-06-30");
    public static final KocSettings SETTINGS = KocSettings.from(DEFAULTS);

    private static final Frame WITH_ONE_FLAG = Frame.named("features_and_one_flag")
            .columns(KocFeatures.FEATURES.schema().toDDL() + ", flag STRING, severity DOUBLE");

    /**
     * {@link KocFeatures#FEATURES}. Counts that are not named are 0, people are candidates of type user, and the
     * columns flag and severity make one flag.
     */
    public static Dataset<Row> features(String text) {
        Dataset<Row> rows = rows(WITH_ONE_FLAG, text)
                .na()
                .fill(Map.of("koc_type", "user"))
                .selectExpr(
                        "* EXCEPT (flag, severity, flags, is_ranked)",
                        "true AS is_ranked",
                        "IF(flag IS NULL, NULL, array(named_struct('severity', severity, 'name', flag, 'evidence',"
                                + " 'evidence of ' || flag))) AS flags");
        return KocFeatures.join(rows, List.of());
    }

    /** Features with baselines; the lower end of the prior is .25. */
    public static Dataset<Row> candidates(String text) {
        return KocBaselines.withBaselines(features(text), SPARK.sql("SELECT .25D AS prior_low"));
    }

    public static Map<String, Row> byKoc(Dataset<Row> rows) {
        return rows.collectAsList().stream().collect(Collectors.toMap(row -> row.getAs("koc_id"), row -> row));
    }

    public static Row get(Map<String, Row> rows, String koc) {
        return Objects.requireNonNull(rows.get(koc), koc);
    }

    public static boolean isNull(Row row, String column) {
        return row.isNullAt(row.fieldIndex(column));
    }
}
