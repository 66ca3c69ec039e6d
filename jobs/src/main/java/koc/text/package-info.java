/** Which sentences do the tables show, in the language of {@code koc.language}? */
@NullMarked
package koc.text;

import org.jspecify.annotations.NullMarked;
