/**
 * How are the files of a landing folder written, and which of their columns are ours? Looks at a bounded sample of each file
 * and proposes a configuration. What is ambiguous is asked, not guessed. Tables in and out: none.
 */
@NullMarked
package koc.clean.inspect;

import org.jspecify.annotations.NullMarked;
