/** Models that more than one domain fits: counts against expectations, shrunk. */
@NullMarked
package koc.statistics;

import org.jspecify.annotations.NullMarked;
