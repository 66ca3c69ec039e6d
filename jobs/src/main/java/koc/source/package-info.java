/**
 * What lies in the landing folder, and in which columns? Lists the files of a source, looks into each before any is
 * read, and hands out rows whose columns are bound by name. Tables in and out: none.
 */
@NullMarked
package koc.source;

import org.jspecify.annotations.NullMarked;
