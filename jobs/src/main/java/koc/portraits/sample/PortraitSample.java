package koc.portraits.sample;

import java.util.List;
import koc.portraits.fit.Scaling;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of users with enough activity, as of the last day before the holdout.
 *
 * @param categories the most popular categories, which the model distinguishes
 * @param users the sampled users, in an order that only the seed decides
 * @param eligibleUsers number of all users with enough activity
 */
public record PortraitSample(List<String> categories, List<User> users, long eligibleUsers) {

    /**
     * One sampled user.
     *
     * @param numbers the values of {@link Scaling#NUMBERS}; null when unknown
     * @param categoryAttention attention to each category of the sample
     * @param attention attention to all categories, including those that the sample leaves out
     * @param holdoutPurchases purchases in each category of the sample during the holdout, which the fit does not use
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record User(
            @Nullable Double[] numbers, double[] categoryAttention, double attention, double[] holdoutPurchases) {}

    /** The mean over users of the fraction of their attention that goes to a category. */
    public double meanAttentionFraction(int category) {
        double sum = 0;
        long count = 0;
        for (User user : users) {
            if (user.attention() > 0) {
                sum += user.categoryAttention()[category] / user.attention();
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
