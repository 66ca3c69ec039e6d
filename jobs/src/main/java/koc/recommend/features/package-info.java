/** What is known of every pool and product as of a day: the features that the buyer model weighs. */
@NullMarked
package koc.recommend.features;

import org.jspecify.annotations.NullMarked;
