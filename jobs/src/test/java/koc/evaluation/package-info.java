/**
 * How good and how fast is the pipeline? Programs that measure it, run by {@code bin/evaluate}; their figures are in
 * docs/benchmarks.md.
 *
 * <p>They run the commands of {@code bin/koc} and read the tables that these write. The scorers, {@link
 * koc.evaluation.PoolNdcg} and {@link koc.evaluation.PortraitGain}, are plain Java and have unit tests.
 */
@NullMarked
package koc.evaluation;

import org.jspecify.annotations.NullMarked;
