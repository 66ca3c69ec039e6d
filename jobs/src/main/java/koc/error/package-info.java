/** How the pipeline fails: a message a user can act on, and an exit status a scheduler can. */
@NullMarked
package koc.error;

import org.jspecify.annotations.NullMarked;
