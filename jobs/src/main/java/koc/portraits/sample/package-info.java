/** The bounded, seeded sample of users that a model is fitted on. */
@NullMarked
package koc.portraits.sample;

import org.jspecify.annotations.NullMarked;
