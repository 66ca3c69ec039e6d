/** How are tables declared, stored, read and written? Every write is checked against the declaration of its table. */
@NullMarked
package koc.warehouse;

import org.jspecify.annotations.NullMarked;
