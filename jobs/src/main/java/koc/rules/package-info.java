/** Rules that several jobs obey, each stated once. */
@NullMarked
package koc.rules;

import org.jspecify.annotations.NullMarked;
