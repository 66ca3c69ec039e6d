/** The words that people read in the tables, in the language of {@code koc.language}. */
@NullMarked
package koc.text;

import org.jspecify.annotations.NullMarked;
