package koc.cards;

import com.typesafe.config.Config;
import java.util.Set;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Parallel;
import koc.tables.CardTables;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.GrowthTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.Texts;
import koc.warehouse.Table;

/** Writes one row for each KOC, county and user with what a person wants to know first. */
public final class CardsJob implements Job {
    private final CardSettings settings;
    private final Texts texts;

    /** A job whose texts are in {@code koc.language}. */
    public CardsJob(Config config) {
        this.settings = CardSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "cards";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.USERS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_PRODUCT_DAYS,
                FeatureTables.USER_TAGS,
                PortraitTables.USER_PORTRAITS,
                InfluenceTables.TIE_STRENGTHS,
                FitTables.PRODUCT_PORTRAIT_FIT,
                FitTables.PRODUCT_PROFILE,
                GrowthTables.COUNTY_COVERAGE,
                KocTables.KOC_RANKING,
                KocTables.KOC_LIFECYCLE,
                CommissionTables.COMMISSION_STATEMENT,
                EconomicsTables.KOC_ECONOMICS,
                EconomicsTables.USER_VALUE,
                RecommendTables.KOC_POOL_MIX,
                RecommendTables.KOC_RECOMMENDATIONS);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(CardTables.KOC_CARD, CardTables.COUNTY_CARD, CardTables.USER_CARD);
    }

    @Override
    public void run(JobRun run) {
        CardInputs inputs = new CardInputs(run.warehouse(), run.day());
        Parallel.run(
                () -> run.warehouse().write(CardTables.KOC_CARD, run.day(), KocCard.compute(inputs, texts)),
                () -> run.warehouse()
                        .write(CardTables.COUNTY_CARD, run.day(), new CountyCard(settings, texts).compute(inputs)),
                () -> run.warehouse().write(CardTables.USER_CARD, run.day(), UserCard.compute(inputs)));
    }
}
