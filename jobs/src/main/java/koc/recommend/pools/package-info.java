/** Who is in the traffic pool of each KOC, and how far does the KOC move each portrait? */
@NullMarked
package koc.recommend.pools;

import org.jspecify.annotations.NullMarked;
