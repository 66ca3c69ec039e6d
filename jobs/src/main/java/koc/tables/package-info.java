/**
 * Which tables and intermediate data sets are there? Declares each one once: its columns, types, meanings and grain.
 */
@NullMarked
package koc.tables;

import org.jspecify.annotations.NullMarked;
