package koc.recommend.rank;

import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.FeatureSnapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lists of all KOCs, and the data that they were ranked from.
 *
 * @param snapshot the snapshot whose candidates were ranked
 * @param candidates koc_number, product_number, and the columns of {@link CandidateFeatures#compute}: what each KOC may
 *     recommend
 * @param scored as {@link OverlapPenalty#apply} returns it
 * @param lists as {@link Reranker#rerank} returns them
 */
public record RankedLists(FeatureSnapshot snapshot, Dataset<Row> candidates, Dataset<Row> scored, Dataset<Row> lists) {}
