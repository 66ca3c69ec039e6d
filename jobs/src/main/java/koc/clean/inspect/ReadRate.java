package koc.clean.inspect;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import koc.clean.RowReader;
import koc.clean.Source;
import koc.clean.ValueFormat;
import org.jspecify.annotations.Nullable;

/**
 * How many of the sampled rows the proposed configuration reads.
 *
 * @param accepted rows that are read
 * @param rows sampled rows, without lines of totals
 * @param totals lines of totals
 * @param problems why others are rejected, with the number of rows
 */
record ReadRate(long accepted, long rows, long totals, Map<String, Long> problems) {
    private static final int REPORTED_PROBLEMS = 3;

    /** Reads the rows as the clean job does with this configuration. */
    static ReadRate of(SourceProposal proposal, Config config) {
        Source source = proposal.sample().source();
        RowReader reader = new RowReader(source, ValueFormat.of(config, source));
        LocalDate epoch = LocalDate.parse(config.getString("koc.clean.epoch"));
        ZoneId zone = ZoneId.of(config.getString("koc.zone"));
        SourceSample sample = proposal.sample();
        Map<String, Long> problems = new TreeMap<>();
        long accepted = 0;
        for (int i = 0; i < sample.rows(); i++) {
            UnaryOperator<@Nullable String> row = sample.row(i);
            Optional<String> problem = reader.problem(
                    target -> {
                        String column = proposal.mapping().column(target);
                        return column == null ? null : row.apply(column);
                    },
                    epoch,
                    zone);
            accepted += problem.isEmpty() ? 1 : 0;
            problem.ifPresent(name -> problems.merge(name, 1L, Long::sum));
        }
        if (sample.malformed() > 0) {
            problems.put("malformed", sample.malformed());
        }
        return new ReadRate(accepted, sample.rows() + sample.malformed(), sample.totals(), problems);
    }

    /** Fraction of rows that are rejected. */
    double rejectRate() {
        return rows == 0 ? 1 : 1 - (double) accepted / rows;
    }

    String describe() {
        String most = problems.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(REPORTED_PROBLEMS)
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%,d of %,d sampled rows (%.1f%%) are read with this configuration%s%s",
                accepted,
                rows,
                100 * (1 - rejectRate()),
                most.isEmpty() ? "" : "; rejected: " + most,
                totals == 0 ? "" : "; lines of totals, which are no rows: " + totals);
    }
}
