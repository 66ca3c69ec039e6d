/** When is a model refitted, and how: scaling, k-means, and the three votes on the number of portraits. */
@NullMarked
package koc.portraits.fit;

import org.jspecify.annotations.NullMarked;
