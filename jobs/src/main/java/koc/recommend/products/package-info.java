/** Candidate generation: which products may be recommended, and which come into question for each pool? */
@NullMarked
package koc.recommend.products;

import org.jspecify.annotations.NullMarked;
