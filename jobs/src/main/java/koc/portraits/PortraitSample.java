package koc.portraits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of users with enough activity, as of the last day before the holdout.
 *
 * @param categories the categories that are told apart
 * @param users the sampled users, in an order that only the seed decides
 * @param eligibleUsers all users with enough activity
 */
record PortraitSample(List<String> categories, List<User> users, long eligibleUsers) {

    /**
     * One user.
     *
     * @param numbers the values of {@link Scaling#NUMBERS}, null when unknown
     * @param weights attention to each of the categories
     * @param attention attention to all categories, those not told apart included
     * @param next purchases in each of the categories in the holdout, which the fit does not see
     */
    @SuppressWarnings("ArrayRecordComponent")
    record User(@Nullable Double[] numbers, double[] weights, double attention, double[] next) {}

    /** The mean over users of the share of their attention that goes to a category. */
    double everybodysShare(int category) {
        double sum = 0;
        long users = 0;
        for (User user : this.users) {
            if (user.attention() > 0) {
                sum += user.weights()[category] / user.attention();
                users++;
            }
        }
        return users == 0 ? 0 : sum / users;
    }
}
