/** What a job is, how it fails and how it tells of its progress. */
@NullMarked
package koc.run;

import org.jspecify.annotations.NullMarked;
