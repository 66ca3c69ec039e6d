/** How are settings loaded, checked and passed to jobs? From conf/reference.conf, a file, and single settings. */
@NullMarked
package koc.config;

import org.jspecify.annotations.NullMarked;
