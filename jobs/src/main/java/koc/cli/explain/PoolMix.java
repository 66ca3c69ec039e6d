package koc.cli.explain;

import java.util.List;
import koc.warehouse.StoredRow;

/**
 * The portraits of a pool.
 *
 * @param rows koc_pool_mix of one KOC
 * @param portraits number of all portraits
 */
record PoolMix(List<StoredRow> rows, int portraits) {

    /**
     * How mixed the pool is: the entropy of its portraits / ln(number of portraits), 0..1. Worked: of two portraits,
     * with the fractions .9 and .1: (.9 ln(1/.9) + .1 ln(1/.1)) / ln 2 = .47.
     */
    double heterogeneity() {
        if (portraits < 2) {
            return 0;
        }
        double members = rows.stream().mapToDouble(row -> row.value("members")).sum();
        double entropy = 0;
        for (StoredRow row : rows) {
            double fraction = row.value("members") / members;
            entropy += fraction > 0 ? -fraction * Math.log(fraction) : 0;
        }
        return Numbers.fraction(entropy / Math.log(portraits));
    }
}
