/**
 * Where does a number come from? Derives the score of a KOC, a recommendation and what is known of a user from stored
 * columns, computes each derived number again, and compares it with the stored one. It reads the warehouse without
 * Spark and writes nothing.
 */
@NullMarked
package koc.cli.explain;

import org.jspecify.annotations.NullMarked;
