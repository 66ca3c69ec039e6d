/** What is a job, in which order do jobs run, and how do they report progress? */
@NullMarked
package koc.run;

import org.jspecify.annotations.NullMarked;
