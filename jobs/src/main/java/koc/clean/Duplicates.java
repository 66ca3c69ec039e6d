package koc.clean;

import static org.apache.spark.sql.functions.broadcast;
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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.spark.RepeatedHashes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Keeps one of several rows with the same identity: the first by arrival, then by all columns. Of the others, those with
 * the same content are rejected as duplicates, and those with other content as conflicting.
 *
 * <p>Few identities occur twice, and shuffling whole rows costs more than everything else. So hashes are compared first.
 * Rows whose hash occurs twice are suspects, and only they are shuffled.
 */
final class Duplicates {
    /** The hash of the identity. */
    private static final String HASH = "identity_hash";

    /** Maximum number of suspect hashes that are broadcast: a table of about 30 MB. */
    private static final long MAX_BROADCAST_HASHES = 1_000_000;

    private static final String SUSPECT = "suspect_hash";
    private static final String IS_EARLIER = "is_earlier";

    private Duplicates() {}

    /** The same rows with a hash of their identity, if the source has one. */
    static Dataset<Row> withIdentityHash(Dataset<Row> rows, Source source) {
        return source.identity().isEmpty() ? rows : rows.withColumn(HASH, hash(source));
    }

    /**
     * The hashes that occur more than once in accepted rows; one row per hash.
     *
     * @param rows as {@link #withIdentityHash} returns them, cached
     */
    static Dataset<Row> findSuspects(Dataset<Row> rows) {
        return RepeatedHashes.find(hashes(rows), rows.count());
    }

    /** The number of hashes that occur more than once, for the sources that have such hashes. */
    static Map<Source, Long> countSuspects(Map<Source, Dataset<Row>> rows) {
        return rows.entrySet().stream()
                .filter(entry -> !entry.getKey().identity().isEmpty())
                .map(entry -> hashes(entry.getValue())
                        .withColumn("source", lit(entry.getKey().name())))
                .reduce(Dataset::union)
                .map(all -> all.groupBy("source", SUSPECT)
                        .agg(count(lit(1)).as("rows"))
                        .where(col("rows").gt(1))
                        .groupBy("source")
                        .count()
                        .collectAsList())
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(row -> Source.valueOf(row.getString(0)), row -> row.getLong(1)));
    }

    private static Dataset<Row> hashes(Dataset<Row> rows) {
        return rows.where(Verdict.isAccepted()).select(col(HASH).as(SUSPECT));
    }

    /**
     * The hashes that occur more than once, in accepted rows and in rows of earlier arrivals; one row per hash.
     *
     * @param rows as {@link #withIdentityHash} returns them, cached
     * @param earlier accepted rows of arrivals that this run does not clean
     */
    static Dataset<Row> findSuspects(Dataset<Row> rows, Source source, Dataset<Row> earlier) {
        Dataset<Row> repeated = findSuspects(rows);
        if (!comparesArrivals(source)) {
            return repeated;
        }
        return repeated.union(earlier.select(hash(source).as(SUSPECT)).join(hashes(rows), SUSPECT, "left_semi"))
                .distinct();
    }

    /** The suspects, to be broadcast if they are few: Spark does not know how large computed rows are. */
    static Dataset<Row> broadcastIfFew(Dataset<Row> suspects, long count) {
        return count > MAX_BROADCAST_HASHES ? suspects : broadcast(suspects);
    }

    /**
     * The rows of suspects, with all but one of each identity rejected.
     *
     * @param rows as {@link #withIdentityHash} returns them
     * @param suspects as {@link #findSuspects} returns them, cached
     * @param earlier accepted rows of arrivals that this run does not clean
     */
    static Dataset<Row> resolveSuspects(Dataset<Row> rows, Source source, Dataset<Row> suspects, Dataset<Row> earlier) {
        Dataset<Row> candidates = rows.join(suspects, isSuspect(), "left_semi").withColumn(IS_EARLIER, lit(false));
        if (comparesArrivals(source)) {
            candidates = candidates.unionByName(
                    earlier.join(suspects, hash(source).equalTo(col(SUSPECT)), "left_semi")
                            .withColumn(IS_EARLIER, lit(true)),
                    true);
        }
        return keepFirst(candidates, source).where(not(col(IS_EARLIER))).drop(IS_EARLIER);
    }

    /** The other rows, unchanged; among them all that are not accepted. */
    static Dataset<Row> withoutSuspects(Dataset<Row> rows, Dataset<Row> suspects) {
        return rows.join(suspects, isSuspect(), "left_anti");
    }

    private static Column isSuspect() {
        return Verdict.isAccepted().and(col(HASH).equalTo(col(SUSPECT)));
    }

    private static Dataset<Row> keepFirst(Dataset<Row> candidates, Source source) {
        Column[] identity = columns(source.identity().stream());
        Column[] content = columns(source.landed().stream().map(field -> field.name()));
        List<Column> order = new ArrayList<>(List.of(col("arrived")));
        order.addAll(List.of(content));
        order.add(col(RowChecks.FILE));
        order.add(RowChecks.raw(source));
        WindowSpec sameIdentity = Window.partitionBy(identity)
                .orderBy(order.toArray(Column[]::new))
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        Column hasSameContent = struct(content).eqNullSafe(col("first_content"));
        return candidates
                .withColumn("first_content", first(struct(content)).over(sameIdentity))
                .withColumn("position", row_number().over(sameIdentity))
                .withColumn(
                        Verdict.COLUMN,
                        when(col("position").equalTo(1), lit(null))
                                .when(hasSameContent, Verdict.reject(RejectReason.DUPLICATE, ""))
                                .otherwise(Verdict.reject(
                                        RejectReason.CONFLICTING_ID,
                                        source.required().get(0))))
                .drop("first_content", "position");
    }

    /** An event id is unique over all arrivals; a row of any other source replaces the row of an earlier arrival. */
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
