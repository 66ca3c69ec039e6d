/** What is known of everybody who is a KOC or may become one, one kind of evidence a class. */
@NullMarked
package koc.kocs.features;

import org.jspecify.annotations.NullMarked;
