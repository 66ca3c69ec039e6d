package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.last_day;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import koc.economics.commission.Statements;
import koc.rules.Absent;
import koc.rules.DayWindow;
import koc.rules.KnownHistory;
import koc.rules.KocType;
import koc.rules.Persons;
import koc.rules.RecentCredits;
import koc.rules.RegionKey;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.FeatureTables;
import koc.tables.Frame;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads what the economics job needs as of a day. */
final class EconomicsInputs {
    /** Everyone who is valued. */
    static final Frame PEOPLE = Frame.named("people")
            .grain("one row per person: a user, or somebody else who ever bought")
            .columns("""
            user_id       STRING NOT NULL COMMENT 'Identifier of the user',
            portrait_id   STRING COMMENT 'Portrait of the user; null without one',
            registered_on DATE COMMENT 'Day of registration; null when not recorded',
            koc_type      STRING NOT NULL COMMENT 'Type that the user has or would have as a KOC, by their role',
            acquired_via  STRING COMMENT 'Channel that acquired the user, or koc:<user_id> for a KOC',
            region        STRING COMMENT 'Province, city and county; null without a county',
            has_acted     BOOLEAN NOT NULL COMMENT 'Whether the log holds an action of the user'""");

    private final Warehouse warehouse;
    private final LocalDate day;
    private final KnownHistory history;
    private final Dataset<Row> orderDays;
    private final Dataset<Row> people;

    EconomicsInputs(Warehouse warehouse, LocalDate day, EconomicsSettings settings, Checkpoints checkpoints) {
        this.warehouse = warehouse;
        this.day = day;
        Dataset<Row> userDays = warehouse.readUpTo(FeatureTables.USER_DAYS, day);
        this.history = KnownHistory.read(userDays, day);
        this.orderDays = checkpoints.compute(CustomerOrders.computeDays(
                warehouse.readUpTo(FeatureTables.USER_PRODUCT_DAYS, day),
                products(),
                settings.value().defaultMarginRate()));
        this.people = checkpoints.compute(readPeople(userDays));
    }

    LocalDate day() {
        return day;
    }

    /** The days that the log covers. */
    KnownHistory history() {
        return history;
    }

    /** {@link CustomerOrders#ORDER_DAYS}. */
    Dataset<Row> orderDays() {
        return orderDays;
    }

    /** {@link #PEOPLE}. */
    Dataset<Row> people() {
        return people;
    }

    /** {@link CustomerOrders#CUSTOMERS} up to a day who are persons, with portrait_id and is_left_censored. */
    Dataset<Row> customers(LocalDate until) {
        return CustomerOrders.summarize(orderDays, until)
                .join(people, new String[] {"user_id"}, "inner")
                .withColumn("portrait_id", coalesce(col("portrait_id"), lit(Absent.NONE)))
                .withColumn("is_left_censored", not(history.isFirstEver(col("first_order_on"), col("registered_on"))));
    }

    /** The same rows without likely joint accounts, such as that of a shop counter: they are no customers. */
    Dataset<Row> withoutJointAccounts(Dataset<Row> rows) {
        Dataset<Row> features = warehouse
                .read(FeatureTables.USER_FEATURES, day)
                .where(col("as_of").equalTo(lit(day)));
        return Persons.removeJointAccounts(rows, "user_id", features);
    }

    /** Products with their unit cost. */
    Dataset<Row> products() {
        return warehouse.readLatest(CleanTables.PRODUCTS, day).select("product_id", "unit_cost");
    }

    /** Costs of the last days. */
    Dataset<Row> costs(int windowDays) {
        return warehouse
                .readUpTo(CleanTables.COSTS, day)
                .where(DayWindow.includes(col("day"), day, windowDays))
                .select("koc_id", "channel", "cost_type", "amount");
    }

    /** Commission due of the purchases and refunds of the last days, in the columns of costs. */
    Dataset<Row> commissions(int windowDays) {
        return warehouse
                .readUpTo(CommissionTables.COMMISSION_LEDGER, day)
                .where(DayWindow.includes(col("happened_on"), day, windowDays))
                .groupBy("koc_id")
                .agg(sum(Statements.due()).cast("decimal(18,2)").as("amount"))
                .select(
                        col("koc_id"),
                        lit(null).cast("string").as("channel"),
                        lit(CostSums.COMMISSION).as("cost_type"),
                        col("amount"));
    }

    /** koc_id and commission_as_koc: commission of the last days that was withheld from people who were no KOC. */
    Dataset<Row> commissionsAsKoc(int windowDays) {
        return warehouse
                .readUpTo(CommissionTables.COMMISSION_LEDGER, day)
                .where(DayWindow.includes(col("happened_on"), day, windowDays))
                .where("kind = 'withheld' AND reason = 'not_a_koc'")
                .groupBy("koc_id")
                .agg(sum("amount").cast("decimal(18,2)").as("commission_as_koc"));
    }

    /**
     * What the rules of rewards give in the last days, in the columns of costs. The team bonus is of no single KOC.
     */
    Dataset<Row> rewards(int windowDays) {
        Column isOfWindow = col("is_closed").and(DayWindow.includes(last_day(col("month")), day, windowDays));
        Dataset<Row> granted = warehouse
                .readUpTo(CommissionTables.REWARD_GRANTS, day)
                .where(DayWindow.includes(col("day"), day, windowDays))
                .select(col("koc_id"), col("value").as("amount"));
        Dataset<Row> prizes = warehouse
                .read(CommissionTables.COMPETITION, day)
                .where(isOfWindow)
                .select(col("koc_id"), col("prize").as("amount"));
        Dataset<Row> bonus = warehouse
                .read(CommissionTables.TEAM_BONUS, day)
                .where(isOfWindow)
                .select(lit(null).cast("string").as("koc_id"), col("bonus").as("amount"));
        return granted.unionByName(prizes)
                .unionByName(bonus)
                .where(col("amount").gt(0))
                .select(
                        col("koc_id"),
                        lit(null).cast("string").as("channel"),
                        lit(CostSums.REWARDS).as("cost_type"),
                        col("amount"));
    }

    /** The KOCs of the ranking: koc_id and koc_type. */
    Dataset<Row> ranking() {
        return warehouse.read(KocTables.KOC_RANKING, day).select("koc_id", "koc_type");
    }

    /** Credits of purchases of the last 90 days. */
    Dataset<Row> credits() {
        return RecentCredits.readLast90Days(warehouse, day);
    }

    /** The measured lift of each KOC's whole pool, with its interval. */
    Dataset<Row> lifts() {
        return warehouse
                .read(InfluenceTables.KOC_INFLUENCE, day)
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL))
                .select("koc_id", "influence_lift", "influence_low", "influence_high");
    }

    private Dataset<Row> readPeople(Dataset<Row> userDays) {
        Dataset<Row> profiles = warehouse
                .readLatest(CleanTables.USERS, day)
                .select(
                        col("user_id"),
                        col("role"),
                        to_date(col("registered_at")).as("registered_on"),
                        col("acquired_via"),
                        RegionKey.region().as("region"));
        Dataset<Row> actors = userDays.where(col("actions").gt(0))
                .select("user_id")
                .distinct()
                .withColumn("has_acted", lit(true));
        Dataset<Row> portraits =
                warehouse.read(PortraitTables.USER_PORTRAITS, day).select("user_id", "portrait_id");
        String[] user = {"user_id"};
        Dataset<Row> rejects = warehouse.readUpTo(CleanTables.REJECTS, day);
        Dataset<Row> others = profiles.isEmpty()
                ? Persons.removeRobots(actors, rejects)
                : Persons.findBuyers(userDays.where("purchase_lines > 0"), rejects);
        return profiles.join(others.select("user_id"), user, "full")
                .join(actors, user, "left")
                .join(portraits, user, "left")
                .select(
                        col("user_id"),
                        col("portrait_id"),
                        col("registered_on"),
                        KocType.fromRole(col("role")).as("koc_type"),
                        col("acquired_via"),
                        col("region"),
                        coalesce(col("has_acted"), lit(false)).as("has_acted"));
    }
}
