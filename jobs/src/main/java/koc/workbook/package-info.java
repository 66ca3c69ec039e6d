/**
 * Which lists do people work through in a spreadsheet?
 *
 * <p>Tables in: published tables of the day, and names of users. Out: the files {@code excel/*.xlsx} and CSV, through
 * the job {@code report}. The rows of a sheet stream from the table to the file.
 */
@NullMarked
package koc.workbook;

import org.jspecify.annotations.NullMarked;
