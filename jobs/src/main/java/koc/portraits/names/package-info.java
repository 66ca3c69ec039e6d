/** Names portraits by what distinguishes them. */
@NullMarked
package koc.portraits.names;

import org.jspecify.annotations.NullMarked;
