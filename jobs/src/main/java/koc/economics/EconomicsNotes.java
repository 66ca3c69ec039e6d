package koc.economics;

import static org.apache.spark.sql.functions.col;

import koc.run.JobRun;
import koc.tables.EconomicsTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says what the economics job lacked, and what that makes of its numbers. */
final class EconomicsNotes {
    private static final String JOB = "economics";

    private final JobRun run;
    private final Texts texts;
    private final EconomicsSettings settings;

    EconomicsNotes(JobRun run, Texts texts, EconomicsSettings settings) {
        this.run = run;
        this.texts = texts;
        this.settings = settings;
    }

    void report(EconomicsInputs inputs, FittedModels models, Dataset<Row> costs) {
        if (inputs.orderDays().isEmpty()) {
            note("economics.note.no-orders");
            return;
        }
        if (models.shared().model().orders() == null) {
            run.progress().note(JOB, FittedModels.reason(models.shared(), texts));
        }
        if (!models.isOfNewCustomers()) {
            note("economics.note.all-buyers", settings.value().minRepeatBuyers());
        }
        if (costs.isEmpty()) {
            note("economics.note.no-costs", settings.koc().windowDays());
        }
        long products = inputs.products().count();
        long withoutCost = inputs.products().where(col("unit_cost").isNull()).count();
        if (withoutCost > 0) {
            note(
                    "economics.note.no-unit-cost",
                    withoutCost,
                    products,
                    100 * settings.value().defaultMarginRate());
        }
        long negative = run.warehouse()
                .read(EconomicsTables.USER_VALUE, run.day())
                .where("ltv < 0")
                .count();
        if (negative > 0) {
            note("economics.note.negative-value", negative);
        }
    }

    private void note(String name, Object... values) {
        run.progress().note(JOB, texts.text(name, values));
    }
}
