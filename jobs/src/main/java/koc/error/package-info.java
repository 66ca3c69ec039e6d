/** How does the pipeline fail? With a message for the user and an exit status for the scheduler. */
@NullMarked
package koc.error;

import org.jspecify.annotations.NullMarked;
