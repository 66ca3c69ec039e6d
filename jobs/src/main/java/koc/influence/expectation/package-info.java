/** What would the exposed have bought without the share? A baseline rate, corrected by factors. */
@NullMarked
package koc.influence.expectation;

import org.jspecify.annotations.NullMarked;
