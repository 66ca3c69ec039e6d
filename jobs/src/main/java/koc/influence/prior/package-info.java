/** The prior of lifts, fitted to a sample of KOCs, and the estimates that follow from it. */
@NullMarked
package koc.influence.prior;

import org.jspecify.annotations.NullMarked;
