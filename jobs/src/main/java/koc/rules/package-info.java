/**
 * Which business rules do several jobs share? Each is defined once: who is a KOC, which ties are open, which purchases were
 * kept, when a repurchase is due.
 *
 * <p>A rule returns columns or data sets. It reads only tables, and does not depend on the job that uses it.
 */
@NullMarked
package koc.rules;

import org.jspecify.annotations.NullMarked;
