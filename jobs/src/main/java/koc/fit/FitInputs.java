package koc.fit;

import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import koc.rules.BrandTiers;
import koc.rules.Holdout;
import koc.rules.ProductPaths;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What fit is computed from, as of one day.
 *
 * @param day the run date
 * @param lastDayBeforeWindow the last day before the holdout window, whose purchases the portraits were not fitted on
 * @param portraits portrait_id and users of every portrait
 * @param products products as of the day, with path, their category cut to the configured depth or, without one, their
 *     group of products, and the median tier of their brand
 * @param userProducts what users bought ({@link PurchaseHistory#USER_PRODUCTS})
 * @param windowBuyers who bought what in the window ({@link PurchaseHistory#BUYERS})
 * @param buyers who ever bought what ({@link PurchaseHistory#BUYERS})
 */
record FitInputs(
        LocalDate day,
        LocalDate lastDayBeforeWindow,
        Dataset<Row> portraits,
        Dataset<Row> products,
        Dataset<Row> userProducts,
        Dataset<Row> windowBuyers,
        Dataset<Row> buyers) {

    /** Reads the inputs; data sets that are read more than once are cached. */
    static FitInputs read(Warehouse warehouse, LocalDate day, FitSettings settings, Checkpoints checkpoints) {
        Dataset<Row> userPortraits =
                warehouse.read(PortraitTables.USER_PORTRAITS, day).select("user_id", "portrait_id");
        Dataset<Row> holdoutPortraits = warehouse.read(PortraitTables.HOLDOUT_PORTRAITS, day);
        Dataset<Row> productDays = warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day);
        LocalDate lastDayBeforeWindow = Holdout.lastDayBefore(holdoutPortraits).orElse(day);
        Dataset<Row> portraits =
                checkpoints.cache(warehouse.read(PortraitTables.PORTRAITS, day).select("portrait_id", "users"));
        Dataset<Row> products = checkpoints.cache(ProductPaths.withPath(
                BrandTiers.withMedianTier(warehouse.readLatest(CleanTables.PRODUCTS, day)),
                warehouse.read(PortraitTables.PRODUCT_GROUPS, day),
                settings.categoryDepth()));
        // One row for each user and product, the largest data set. The counts below read it instead of history.
        Dataset<Row> userProducts =
                checkpoints.cache(PurchaseHistory.sumByUserAndProduct(productDays, lastDayBeforeWindow, day));
        return new FitInputs(
                day,
                lastDayBeforeWindow,
                portraits,
                products,
                userProducts,
                PurchaseHistory.selectWindowBuyers(userProducts, holdoutPortraits, products),
                PurchaseHistory.selectBuyers(userProducts, userPortraits, products));
    }

    /** The day of the first kept purchase; the run date when there is none. */
    LocalDate historyFrom() {
        Row first = userProducts.agg(min("first_day")).head();
        return first.isNullAt(0) ? day : first.getDate(0).toLocalDate();
    }
}
