package koc.recommend;

import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known of the window before any picture is drawn of the day before it.
 *
 * @param earlier user_id, product_number, last_bought_on: what users had on the day before the window
 * @param newlyBought user_id, product_number: what they newly bought in it
 * @param people as {@link People#of} returns them, as of the day before
 * @param activity how much more who bought lately, or has much, buys
 */
record Lesson(
        LearningWindow window, Dataset<Row> earlier, Dataset<Row> newlyBought, Dataset<Row> people, Activity activity) {
    private static final String[] PAIR = {"user_id", "product_number"};

    static Lesson of(LearningWindow window, Picture.Scene scene, RecommendSettings settings, Checkpoints checkpoints) {
        Dataset<Row> earlier = checkpoints.compute(Holdings.earlier(window.history()));
        Dataset<Row> heldBefore = Holdings.withDue(earlier, scene.products(), window.before(), settings);
        Dataset<Row> newlyBought =
                checkpoints.compute(Learning.newlyBought(Holdings.inWindow(window.history()), heldBefore));
        Dataset<Row> people =
                checkpoints.compute(People.of(window.portraits(), earlier, scene.order(), window.before()));
        // Of a share held out nothing is told of who buys soon, and how much of it a user has follows from how much it
        // had.
        Activity activity = !window.isEnough() || window.isByShare()
                ? Activity.alike()
                : Activity.learn(
                        people,
                        newlyBought.join(earlier, PAIR, "left_anti"),
                        settings.learning().priorBuyers());
        return new Lesson(window, earlier, newlyBought, people, activity);
    }
}
