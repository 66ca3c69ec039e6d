package koc.growth;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;

/**
 * Reports where KOCs are missing and how their pools grow: county coverage, the KOCs to activate next, the funnel,
 * acquisition leads, group health, mentors, and content to repost. A report without rows gets a note that says why.
 */
public final class GrowthJob implements Job {
    /** Reports whose rows are about single KOCs, besides county_next_kocs. */
    private static final List<Table> REPORTS_ON_KOCS = List.of(
            GrowthTables.KOC_FUNNEL,
            GrowthTables.ACQUISITION_LEADS,
            GrowthTables.MENTOR_PAIRS,
            GrowthTables.CONTENT_TO_REPOST);

    private final GrowthSettings settings;
    private final Texts texts;

    /** A job with the settings of {@code koc.growth}. */
    public GrowthJob(Config config) {
        this.settings = GrowthSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.TIES,
                CleanTables.REJECTS,
                FeatureTables.USER_DAYS,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_CATEGORIES,
                FeatureTables.USER_FEATURES,
                FitTables.PRODUCT_PROFILE,
                PortraitTables.USER_PORTRAITS,
                InfluenceTables.TIE_STRENGTHS,
                InfluenceTables.PURCHASE_CREDITS,
                KocTables.KOC_RANKING,
                KocTables.KOC_LIFECYCLE);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                GrowthTables.COUNTY_COVERAGE,
                GrowthTables.COUNTY_NEXT_KOCS,
                GrowthTables.KOC_FUNNEL,
                GrowthTables.ACQUISITION_LEADS,
                GrowthTables.GROUP_HEALTH,
                GrowthTables.MENTOR_PAIRS,
                GrowthTables.CONTENT_TO_REPOST);
    }

    @Override
    public void run(JobRun run) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            GrowthInputs inputs = new GrowthInputs(run.warehouse(), run.day(), settings.categoryDepth(), checkpoints);
            GrowthReports reports = new GrowthReports(inputs, settings, run.day(), checkpoints);
            ReportWriter writer = new ReportWriter(run.warehouse(), run.day());
            if (reports.hasKocs()) {
                Parallel.run(
                        () -> writeCounties(writer, reports),
                        () -> writer.write(GrowthTables.KOC_FUNNEL, reports.funnel()),
                        () -> writer.write(GrowthTables.ACQUISITION_LEADS, reports.acquisitionLeads()),
                        () -> writer.write(GrowthTables.GROUP_HEALTH, reports.groupHealth()),
                        () -> writer.write(GrowthTables.MENTOR_PAIRS, reports.mentorPairs()),
                        () -> writer.write(GrowthTables.CONTENT_TO_REPOST, reports.contentToRepost()));
            } else {
                Parallel.run(
                        () -> writeCountiesWithoutKocs(writer, reports),
                        () -> writer.write(GrowthTables.GROUP_HEALTH, reports.groupHealth()),
                        () -> REPORTS_ON_KOCS.forEach(writer::writeNone));
            }
            writer.emptyReports().forEach(table -> run.progress().note(name(), texts.text(noteWhenEmpty(table))));
        }
    }

    /** Without counties there is nowhere to activate KOCs, so that one note explains both tables. */
    private static void writeCounties(ReportWriter writer, GrowthReports reports) {
        if (writer.write(GrowthTables.COUNTY_COVERAGE, reports.countyCoverage())) {
            writer.write(GrowthTables.COUNTY_NEXT_KOCS, reports.nextKocs());
        } else {
            writer.writeEmpty(GrowthTables.COUNTY_NEXT_KOCS);
        }
    }

    private static void writeCountiesWithoutKocs(ReportWriter writer, GrowthReports reports) {
        if (writer.write(GrowthTables.COUNTY_COVERAGE, reports.countyCoverage())) {
            writer.writeNone(GrowthTables.COUNTY_NEXT_KOCS);
        } else {
            writer.writeEmpty(GrowthTables.COUNTY_NEXT_KOCS);
        }
    }

    private static String noteWhenEmpty(Table table) {
        return "growth.note.empty." + table.name();
    }
}
