/** Who should be matched with whom: users to acquire with KOCs, and mentees with mentors. */
@NullMarked
package koc.growth.leads;

import org.jspecify.annotations.NullMarked;
