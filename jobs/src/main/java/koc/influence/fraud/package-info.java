/** Which credit is faked: self-referral, collusion rings, spam? */
@NullMarked
package koc.influence.fraud;

import org.jspecify.annotations.NullMarked;
