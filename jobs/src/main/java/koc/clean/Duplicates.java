package koc.clean;

import static koc.clean.RowChecks.FILE;
import static koc.clean.RowChecks.VERDICT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Of rows with the same identity one stays: the earliest to arrive, then the one that sorts first by all columns. The
 * others are duplicates when they say the same as it, and conflicting when they do not.
 *
 * <p>Few identities occur twice, and a shuffle of whole rows costs more than everything else. So the suspects are found
 * by hash first, and only their rows are moved.
 */
final class Duplicates {
    /** The hash of a sound row's identity; null for a row that is turned away. */
    private static final String HASH = "identity_hash";

    private static final String SUSPECT = "suspect_hash";
    private static final String IS_EARLIER = "is_earlier";

    private Duplicates() {}

    /** The same rows with what they are compared by, if by anything: worked out once, for every step below reads it. */
    static Dataset<Row> withIdentity(Dataset<Row> checked, Source source) {
        return source.identity().isEmpty()
                ? checked
                : checked.withColumn(HASH, when(col(VERDICT).isNull(), hash(source)));
    }

    /**
     * The hashes that more than one sound row has, or a sound row and one of an earlier arrival; one row a hash.
     *
     * @param checked rows {@link #withIdentity}
     */
    static Dataset<Row> suspects(Dataset<Row> checked, Source source, Dataset<Row> earlier) {
        Dataset<Row> hashes =
                checked.select(col(HASH).as(SUSPECT)).where(col(SUSPECT).isNotNull());
        Dataset<Row> repeated = hashes.groupBy(SUSPECT)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1))
                .select(SUSPECT);
        if (!comparesArrivals(source)) {
            return repeated;
        }
        return repeated.union(earlier.select(hash(source).as(SUSPECT)).join(hashes, SUSPECT, "left_semi"))
                .distinct();
    }

    /**
     * The rows of suspect identities, each with its verdict.
     *
     * @param checked rows {@link #withIdentity}
     * @param suspects what {@link #suspects} found, materialised
     * @param earlier accepted rows of arrivals that are not cleaned now
     */
    static Dataset<Row> judge(Dataset<Row> checked, Source source, Dataset<Row> suspects, Dataset<Row> earlier) {
        Dataset<Row> candidates =
                checked.join(suspects, isSuspect(), "left_semi").withColumn(IS_EARLIER, lit(false));
        if (comparesArrivals(source)) {
            candidates = candidates.unionByName(
                    earlier.join(suspects, hash(source).equalTo(col(SUSPECT)), "left_semi")
                            .withColumn(IS_EARLIER, lit(true)),
                    true);
        }
        return ranked(candidates, source).where(not(col(IS_EARLIER))).drop(IS_EARLIER);
    }

    /** The other rows: those of no suspect identity. */
    static Dataset<Row> unsuspected(Dataset<Row> checked, Dataset<Row> suspects) {
        return checked.join(suspects, isSuspect(), "left_anti");
    }

    private static Column isSuspect() {
        return col(HASH).equalTo(col(SUSPECT));
    }

    private static Dataset<Row> ranked(Dataset<Row> candidates, Source source) {
        Column[] identity = columns(source.identity().stream());
        Column[] content = columns(source.landed().stream().map(field -> field.name()));
        List<Column> order = new ArrayList<>(List.of(col("arrived")));
        order.addAll(List.of(content));
        order.add(col(FILE));
        order.add(RowChecks.raw(source));
        WindowSpec sameIdentity = Window.partitionBy(identity)
                .orderBy(order.toArray(Column[]::new))
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        Column saysTheSame = struct(content).eqNullSafe(col("kept"));
        return candidates
                .withColumn("kept", first(struct(content)).over(sameIdentity))
                .withColumn("place", row_number().over(sameIdentity))
                .withColumn(
                        VERDICT,
                        when(col("place").equalTo(1), lit(null))
                                .when(saysTheSame, RowChecks.code(RejectReason.DUPLICATE, ""))
                                .otherwise(RowChecks.code(
                                        RejectReason.CONFLICTING_ID,
                                        source.required().get(0))))
                .drop("kept", "place");
    }

    /** Events are told apart over all arrivals; what else lands replaces the row of an earlier arrival. */
    private static boolean comparesArrivals(Source source) {
        return !source.identity().contains("arrived");
    }

    private static Column hash(Source source) {
        return xxhash64(columns(source.identity().stream()));
    }

    private static Column[] columns(Stream<String> names) {
        return names.map(name -> col(name)).toArray(Column[]::new);
    }
}
