/** Gives every user the portrait with the nearest centre, and describes the portraits. */
@NullMarked
package koc.portraits.assign;

import org.jspecify.annotations.NullMarked;
