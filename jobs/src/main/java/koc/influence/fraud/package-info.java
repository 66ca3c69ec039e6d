/**
 * Finds credit that KOCs give themselves (self-referral and collusion rings), and flags KOCs whose numbers are
 * doubtful.
 */
@NullMarked
package koc.influence.fraud;

import org.jspecify.annotations.NullMarked;
