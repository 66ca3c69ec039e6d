/**
 * Which files are in the landing folder, and which columns do they have? Lists the files of a source, checks the columns
 * of each file, and reads them as rows. Tables in and out: none.
 */
@NullMarked
package koc.source;

import org.jspecify.annotations.NullMarked;
