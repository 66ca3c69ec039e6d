package koc.rules;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** Whether a KOC leaves too many questions open. */
public final class OpenQuestions {
    /** Fraction of the questions that should be answered in time: our own rule, without a source in the literature. */
    private static final double MIN_ANSWERED_RATE = 0.5;

    private OpenQuestions() {}

    /** Whether the KOC of a row of koc_ranking answered less than half of the inquiries of 90 days in time. */
    public static Column areMany() {
        return col("answered_inquiries_90d").lt(col("inquiries_90d").multiply(MIN_ANSWERED_RATE));
    }
}
