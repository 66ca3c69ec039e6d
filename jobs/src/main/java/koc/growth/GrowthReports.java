package koc.growth;

import java.time.LocalDate;
import java.util.List;
import koc.growth.coverage.CountyCoverage;
import koc.growth.coverage.NextKocs;
import koc.growth.coverage.UserReach;
import koc.growth.leads.AcquisitionLeads;
import koc.growth.leads.MentorPairs;
import koc.rules.DayWindow;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The growth reports of one day: each method returns the rows of one table. Frames that several reports read are
 * cached.
 */
public final class GrowthReports {
    private final GrowthInputs inputs;
    private static final Frame POSTS = ContentPerformance.POSTS_WITH_LIFT;

    private final GrowthSettings settings;
    private final LocalDate day;
    private final Checkpoints checkpoints;
    private final ContentPerformance contentPerformance;
    private final Dataset<Row> categoryShares;
    private final Dataset<Row> kocs;
    private final Dataset<Row> engagement;
    private final Dataset<Row> reach;
    private final Dataset<Row> posts;

    public GrowthReports(GrowthInputs inputs, GrowthSettings settings, LocalDate day, Checkpoints checkpoints) {
        this.inputs = inputs;
        this.settings = settings;
        this.day = day;
        this.checkpoints = checkpoints;
        this.contentPerformance = new ContentPerformance(settings, day);
        this.categoryShares = CategoryShares.count(inputs.productDays, inputs.products, day);
        this.kocs = checkpoints.compute(GrowthKocs.describe(
                inputs.ranking,
                inputs.users,
                categoryShares,
                MainPortraits.select(inputs.tieStrengths, inputs.portraits)));
        LocalDate first = DayWindow.first(day, settings.funnel().windowDays());
        this.engagement = checkpoints.compute(Engagement.count(inputs.events, first, day));
        this.reach = checkpoints.compute(UserReach.measure(inputs.users, inputs.tieStrengths, kocs));
        this.posts = hasKocs() ? measurePosts() : kocs.sparkSession().createDataFrame(List.of(), POSTS.schema());
    }

    /** Whether there is any KOC. Without one, the reports with a row per KOC are empty, and need not be computed. */
    public boolean hasKocs() {
        return !kocs.isEmpty();
    }

    private Dataset<Row> measurePosts() {
        return contentPerformance.withLift(checkpoints.compute(contentPerformance.measure(
                inputs.sharing,
                contentPerformance.countResponses(inputs.events, inputs.credits),
                inputs.products,
                kocs)));
    }

    /** The rows of county_coverage. */
    public Dataset<Row> countyCoverage() {
        return new CountyCoverage(settings, day)
                .compute(reach, kocs, CountyCoverage.selectRecruits(inputs.lifecycle, inputs.users));
    }

    /** The rows of county_next_kocs. */
    public Dataset<Row> nextKocs() {
        Dataset<Row> additions = checkpoints.cache(NextKocs.selectAdditions(inputs.tieStrengths, kocs, reach));
        return new NextKocs(settings, day).select(additions, reach, kocs);
    }

    /** The rows of koc_funnel. */
    public Dataset<Row> funnel() {
        Funnel funnel = new Funnel(settings.funnel(), day);
        return funnel.compute(
                funnel.selectAcquisitions(inputs.ties.spans()),
                engagement,
                funnel.collectPurchaseDays(inputs.userDays),
                funnel.countPosts(inputs.events),
                kocs);
    }

    /** The rows of acquisition_leads. */
    public Dataset<Row> acquisitionLeads() {
        AcquisitionLeads leads = new AcquisitionLeads(settings, day);
        return leads.select(
                leads.selectCandidates(inputs.users, inputs.features, inputs.portraits, inputs.tieStrengths, kocs),
                kocs,
                engagement,
                selectConnectedPairs());
    }

    /** Pairs that are no leads: they have or had a tie, or the user left or muted the KOC. */
    private Dataset<Row> selectConnectedPairs() {
        return inputs.ties
                .spans()
                .select("koc_id", "user_id")
                .unionByName(engagement
                        .where("left_on IS NOT NULL OR muted_on IS NOT NULL")
                        .select("koc_id", "user_id"));
    }

    /** The rows of group_health. */
    public Dataset<Row> groupHealth() {
        return new GroupHealth(settings, inputs.history)
                .compute(inputs.ties.ties(), engagement, inputs.events, kocs, inputs.users);
    }

    /** The rows of mentor_pairs. */
    public Dataset<Row> mentorPairs() {
        return new MentorPairs(settings, day, checkpoints).match(kocs, categoryShares, inputs.credits, posts);
    }

    /**
     * The rows of content_to_repost. Posts are left out about products that fail the quality gate, and about those that
     * the author must not recommend.
     */
    public Dataset<Row> contentToRepost() {
        Dataset<Row> accepted = posts.join(inputs.refusedProducts, new String[] {"product_id"}, "left_anti");
        return contentPerformance.selectToRepost(
                ContentPerformance.withoutBlocked(accepted, inputs.productDays), inputs.users, inputs.titles);
    }
}
