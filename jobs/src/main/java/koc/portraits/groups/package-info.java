/** Groups of products that the same users buy: they stand in for categories, or supplement them. */
@NullMarked
package koc.portraits.groups;

import org.jspecify.annotations.NullMarked;
