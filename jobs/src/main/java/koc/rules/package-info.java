/**
 * The business rules that several jobs obey, each written once: who is a KOC, which ties are open, which purchases were
 * kept, when a repurchase is due.
 *
 * <p>A rule returns columns or datasets, reads at most the clean tables, and knows nothing of the job that asks.
 */
@NullMarked
package koc.rules;

import org.jspecify.annotations.NullMarked;
