/** Every table of the warehouse, declared once, and the reading and writing that holds rows to their declaration. */
@NullMarked
package koc.table;

import org.jspecify.annotations.NullMarked;
