/** Every table of the warehouse, declared once, and the reading and writing that holds rows to their declaration. */
@NullMarked
package koc.warehouse;

import org.jspecify.annotations.NullMarked;
