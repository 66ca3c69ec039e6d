package koc.economics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import koc.economics.value.BgNbd;
import koc.economics.value.GammaGamma;
import koc.economics.value.MaximumLikelihood;
import koc.economics.value.ValueModel;
import koc.economics.value.ValueModelFit;
import koc.tables.EconomicsTables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The fitted models of a run.
 *
 * @param fits a fit for some portraits, and for {@link EconomicsTables#SHARED}
 * @param isOfNewCustomers whether they are fitted on new customers only
 */
record FittedModels(Map<String, ValueModelFit> fits, boolean isOfNewCustomers) {
    private static final String BG_NBD = "bg_nbd";
    private static final int NEAR_DAYS = 90;
    private static final double DAYS_IN_WEEK = 7;
    private static final StructType FORECAST = new StructType()
            .add("p_alive", DataTypes.DoubleType)
            .add("orders_90d", DataTypes.DoubleType, false)
            .add("discounted_orders", DataTypes.DoubleType, false)
            .add("orders_variation", DataTypes.DoubleType, false);

    private static final StructType MARGIN = new StructType()
            .add("margin_per_order", DataTypes.DoubleType, false)
            .add("margin_variation", DataTypes.DoubleType, false);

    FittedModels {
        fits = Map.copyOf(fits);
    }

    /** The fit for the buyers of all portraits without a fit of their own. */
    ValueModelFit shared() {
        return Objects.requireNonNull(fits.get(EconomicsTables.SHARED));
    }

    /**
     * Adds the forecast of each customer: parameters_of, model, p_alive, orders_90d, discounted_orders,
     * margin_per_order and ltv_variation (variance of the true lifetime value / its squared mean). The forecast of
     * orders is made once for each different history.
     *
     * @param histories {@link ValueModels#HISTORIES}
     */
    Dataset<Row> forecast(Dataset<Row> histories, EconomicsSettings.Value settings) {
        Map<String, ValueModel> models = models();
        int horizon = settings.horizonDays();
        double rate = settings.yearlyDiscountRate();
        UDF4<String, Long, Integer, Integer, Row> forecast = (portrait, repeats, recencyDays, ageDays) -> {
            ValueModel model = Objects.requireNonNull(models.get(portrait));
            double recency = recencyDays / DAYS_IN_WEEK;
            double age = ageDays / DAYS_IN_WEEK;
            return RowFactory.create(
                    model.aliveProbability(repeats, recency, age),
                    model.expectedOrders(NEAR_DAYS, repeats, recency, age),
                    model.discountedOrders(horizon, rate, repeats, recency, age),
                    model.ordersVariation(horizon, repeats, recency, age));
        };
        UDF3<String, Long, Double, Row> margin = (portrait, repeats, mean) -> {
            ValueModel model = Objects.requireNonNull(models.get(portrait));
            return RowFactory.create(model.expectedMargin(repeats, mean), model.marginVariation(repeats, mean));
        };
        Dataset<Row> known = histories.withColumn("parameters_of", parametersOf());
        String[] key = {"parameters_of", "repeats", "recency_days", "age_days"};
        Dataset<Row> forecasts = known.select("parameters_of", "repeats", "recency_days", "age_days")
                .distinct()
                .withColumn(
                        "forecast",
                        udf(forecast, FORECAST)
                                .apply(col("parameters_of"), col("repeats"), col("recency_days"), col("age_days")))
                .select(
                        col("parameters_of"),
                        col("repeats"),
                        col("recency_days"),
                        col("age_days"),
                        col("forecast.p_alive"),
                        col("forecast.orders_90d"),
                        col("forecast.discounted_orders"),
                        col("forecast.orders_variation"));
        Column meanMargin = when(
                        col("repeats").gt(0),
                        col("repeat_margin").cast("double").divide(col("repeats")))
                .otherwise(0.0);
        Column isOwn = col("parameters_of").notEqual(EconomicsTables.SHARED);
        return known.join(forecasts, key, "inner")
                // A portrait has parameters of its own only if its model was fitted.
                .withColumn("model", when(isOwn, BG_NBD).otherwise(word(shared())))
                .withColumn("margin", udf(margin, MARGIN).apply(col("parameters_of"), col("repeats"), meanMargin))
                .withColumn("margin_per_order", col("margin.margin_per_order"))
                .withColumn(
                        "ltv_variation",
                        col("orders_variation")
                                .plus(1)
                                .multiply(col("margin.margin_variation").plus(1))
                                .minus(1));
    }

    /** The portrait whose parameters are used for a customer. */
    Column parametersOf() {
        Object[] own = fits.keySet().stream()
                .filter(portrait -> !portrait.equals(EconomicsTables.SHARED))
                .toArray();
        return when(col("portrait_id").isin(own), col("portrait_id")).otherwise(EconomicsTables.SHARED);
    }

    /** The model with the parameters of a portrait. */
    Map<String, ValueModel> models() {
        Map<String, ValueModel> models = new HashMap<>();
        fits.forEach((portrait, fit) -> models.put(portrait, fit.model()));
        return models;
    }

    /**
     * Adds parameters_error: the relative error of the lifetime value of many customers with the same parameters,
     * because the parameters are estimates.
     *
     * @param values with parameters_of
     */
    Dataset<Row> withParametersError(Dataset<Row> values) {
        Column error = lit(0.0);
        for (Map.Entry<String, ValueModelFit> fit : fits.entrySet()) {
            error = when(
                            col("parameters_of").equalTo(fit.getKey()),
                            Math.sqrt(fit.getValue().parameterVariation()))
                    .otherwise(error);
        }
        return values.withColumn("parameters_error", error);
    }

    /** The rows of value_models. */
    List<Row> rows(LocalDate day, Texts texts) {
        return fits.keySet().stream()
                .sorted()
                .map(portrait -> row(day, portrait, Objects.requireNonNull(fits.get(portrait)), texts))
                .toList();
    }

    private Row row(LocalDate day, String portrait, ValueModelFit fit, Texts texts) {
        ValueModel model = fit.model();
        BgNbd orders = model.orders();
        GammaGamma margins = model.margins();
        MaximumLikelihood found = fit.orders();
        return RowFactory.create(
                Date.valueOf(day),
                portrait,
                word(fit),
                reason(fit, texts),
                isOfNewCustomers ? "new_customers" : "all_buyers",
                Math.round(fit.buyers()),
                Math.round(fit.repeatBuyers()),
                fit.histories(),
                orders == null ? null : orders.r(),
                orders == null ? null : orders.alpha(),
                orders == null ? null : orders.a(),
                orders == null ? null : orders.b(),
                error(orders == null ? null : found, 0),
                error(orders == null ? null : found, 1),
                error(orders == null ? null : found, 2),
                error(orders == null ? null : found, 3),
                orders == null || found == null ? null : found.logLikelihood(),
                model.weeklyOrders(),
                margins == null ? null : margins.p(),
                margins == null ? null : margins.q(),
                margins == null ? null : margins.v(),
                error(margins == null ? null : fit.margins(), 0),
                error(margins == null ? null : fit.margins(), 1),
                error(margins == null ? null : fit.margins(), 2),
                Math.sqrt(fit.parameterVariation()),
                model.meanMargin());
    }

    /** Why a model was chosen, in words. */
    static String reason(ValueModelFit fit, Texts texts) {
        String name = fit.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return texts.text("economics.model." + name, Math.round(fit.buyers()), Math.round(fit.repeatBuyers()));
    }

    private static String word(ValueModelFit fit) {
        return fit.model().orders() == null ? "cohort_mean" : BG_NBD;
    }

    private static @Nullable Double error(@Nullable MaximumLikelihood fit, int parameter) {
        return fit == null || Double.isNaN(fit.error(parameter)) ? null : fit.error(parameter);
    }
}
