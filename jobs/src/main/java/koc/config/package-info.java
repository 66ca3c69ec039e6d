/** The configuration: conf/reference.conf, a user's file over it, single settings over both. */
@NullMarked
package koc.config;

import org.jspecify.annotations.NullMarked;
