package koc.economics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Set;
import koc.rules.Absent;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Values every user, and compares what KOCs cost with the value of the customers they bring. */
public final class EconomicsJob implements Job {
    /** Days that the holdout forecasts: those of expected_orders_90d, which it judges. */
    private static final int HOLDOUT_DAYS = 90;

    /** The holdout is at most this part of the history, so that the model sees three quarters of it. Our own choice. */
    private static final int HOLDOUT_PARTS = 4;

    private final EconomicsSettings settings;
    private final Texts texts;

    /** A job with the settings of {@code koc.economics}. */
    public EconomicsJob(Config config) {
        this.settings = EconomicsSettings.from(config);
        this.texts = Texts.of(settings.language());
    }

    @Override
    public String name() {
        return "economics";
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.USERS,
                CleanTables.PRODUCTS,
                CleanTables.COSTS,
                CleanTables.REJECTS,
                CommissionTables.COMMISSION_LEDGER,
                CommissionTables.REWARD_GRANTS,
                CommissionTables.COMPETITION,
                CommissionTables.TEAM_BONUS,
                FeatureTables.USER_DAYS,
                FeatureTables.USER_FEATURES,
                FeatureTables.USER_PRODUCT_DAYS,
                PortraitTables.USER_PORTRAITS,
                InfluenceTables.PURCHASE_CREDITS,
                InfluenceTables.KOC_INFLUENCE,
                KocTables.KOC_RANKING);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                EconomicsTables.USER_VALUE,
                EconomicsTables.VALUE_MODELS,
                EconomicsTables.VALUE_HOLDOUT,
                EconomicsTables.KOC_ECONOMICS,
                EconomicsTables.ECONOMICS_SUMMARY);
    }

    @Override
    public void run(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        try (Checkpoints checkpoints = new Checkpoints()) {
            EconomicsInputs inputs = new EconomicsInputs(warehouse, day, settings, checkpoints);
            ValueModels valueModels = new ValueModels(settings);
            Dataset<Row> customers = checkpoints.compute(inputs.customers(day));
            Dataset<Row> histories = checkpoints.compute(ValueModels.describe(customers, day));
            FittedModels models = valueModels.fit(inputs.withoutJointAccounts(histories));
            Dataset<Row> values = checkpoints.compute(new UserValue(settings, day)
                    .compute(inputs.people(), customers, models.forecast(histories, settings.value())));
            Dataset<Row> brought = checkpoints.compute(NewCustomers.find(
                    models.withParametersError(inputs.withoutJointAccounts(values)),
                    inputs.people(),
                    inputs.credits(),
                    day,
                    settings.koc().windowDays()));
            Dataset<Row> costs = inputs.costs(settings.koc().windowDays());
            Dataset<Row> spending = checkpoints.compute(
                    costs.unionByName(inputs.commissions(settings.koc().windowDays()))
                            .unionByName(inputs.rewards(settings.koc().windowDays())));
            KocEconomics economics = new KocEconomics(inputs, settings, brought, spending);
            Dataset<Row> kocs = checkpoints.compute(economics.byKoc(values));

            Parallel.run(
                    () -> warehouse.write(EconomicsTables.USER_VALUE, day, values),
                    () -> warehouse.write(EconomicsTables.VALUE_MODELS, day, models.rows(day, texts)),
                    () -> writeHoldout(inputs, valueModels, warehouse),
                    () -> warehouse.write(EconomicsTables.KOC_ECONOMICS, day, kocs),
                    () -> warehouse.write(EconomicsTables.ECONOMICS_SUMMARY, day, economics.summary(kocs)));
            new EconomicsNotes(run, texts, settings).report(inputs, models, costs);
        }
    }

    /**
     * Fits one model for all buyers to the days before the holdout, and compares its forecast with what was ordered
     * since. Portraits are left out, because those of the run date depend on what was ordered since.
     */
    private void writeHoldout(EconomicsInputs inputs, ValueModels valueModels, Warehouse warehouse) {
        LocalDate day = inputs.day();
        if (inputs.orderDays().isEmpty()) {
            warehouse.write(EconomicsTables.VALUE_HOLDOUT, day, warehouse.empty(EconomicsTables.VALUE_HOLDOUT));
            return;
        }
        LocalDate asOf = day.minusDays(Math.min(HOLDOUT_DAYS, inputs.history().days() / HOLDOUT_PARTS));
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> histories =
                    checkpoints.compute(inputs.withoutJointAccounts(ValueModels.describe(inputs.customers(asOf), asOf))
                            .withColumn("portrait_id", lit(Absent.NONE)));
            FittedModels models = valueModels.fit(histories);
            boolean isForecast = models.shared().model().orders() != null && asOf.isBefore(day);
            warehouse.write(
                    EconomicsTables.VALUE_HOLDOUT,
                    day,
                    ValueHoldout.compare(
                            isForecast ? histories : histories.where(lit(false)),
                            inputs.orderDays().where(col("day").leq(lit(day))),
                            models,
                            asOf,
                            day));
        }
    }
}
