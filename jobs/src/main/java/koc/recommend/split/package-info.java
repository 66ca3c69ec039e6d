/** Splits history into what the model learns from and a holdout: by days, or by a fraction of all purchases where dates say little. */
@NullMarked
package koc.recommend.split;

import org.jspecify.annotations.NullMarked;
