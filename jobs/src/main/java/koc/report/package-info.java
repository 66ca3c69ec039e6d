/**
 * What do people open on Monday morning?
 *
 * <p>Tables in: the published tables of the day and, for comparison, of earlier days. Out: {@code published_files}, whose
 * files the publish job puts beside the tables.
 * Other writers of files, such as workbooks, implement {@link koc.run.PublishedFiles}.
 */
@NullMarked
package koc.report;

import org.jspecify.annotations.NullMarked;
