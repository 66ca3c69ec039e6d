"""What a data engineer would write instead of the jobs clean and features: PySpark on a flat landing folder in CSV.

Makes the same tables as duckdb_peer.py, in Parquet. Prints what it counted as JSON. Run by bin/evaluate clean-features.
"""

import argparse
import json

from pyspark.sql import SparkSession, Window, functions as F

parser = argparse.ArgumentParser()
parser.add_argument("landing", help="flat landing folder in CSV")
parser.add_argument("day", help="last day of its events, YYYY-MM-DD")
parser.add_argument("out", help="existing folder for Parquet files")
parser.add_argument("--heap", default="6g")
arguments = parser.parse_args()
day, out = arguments.day, arguments.out

spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.driver.memory", arguments.heap)
    .config("spark.sql.session.timeZone", "Asia/Shanghai")
    .config("spark.sql.shuffle.partitions", "8")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)


def read(source):
    return spark.read.csv(f"{arguments.landing}/{source}", header=True, escape='"')


def table(name):
    return spark.read.parquet(f"{out}/{name}")


def save(rows, name):
    rows.write.parquet(f"{out}/{name}")


def count_if(condition):
    return F.count(F.when(F.expr(condition), 1))


def sum_if(condition, value):
    return F.sum(F.when(F.expr(condition), F.expr(value)))


# clean
products = (
    read("products")
    .where("product_id IS NOT NULL")
    .dropDuplicates(["product_id"])
    .select("product_id", "category", F.expr("try_cast(price AS DECIMAL(18,4))").alias("price"))
    .cache()
)
users = read("users").where("user_id IS NOT NULL").dropDuplicates(["user_id"])
parsed = read("events").selectExpr(
    "*",
    "try_to_timestamp(occurred_at) AS time",
    "try_cast(quantity AS BIGINT) AS units",
    "try_cast(unit_price AS DECIMAL(18,4)) AS paid",
    "try_cast(rating AS INT) AS stars",
)
checked = (
    parsed.join(F.broadcast(products.select("product_id", F.lit(True).alias("is_known"))), "product_id", "left")
    .withColumn(
        "verdict",
        F.expr(f"""
        CASE WHEN event_id IS NULL OR user_id IS NULL OR event_type IS NULL OR occurred_at IS NULL THEN 'missing_field'
        WHEN event_type NOT IN ('view', 'click', 'favorite', 'cart', 'purchase', 'refund', 'share', 'share_open',
            'inquiry', 'reply', 'review', 'complaint', 'post', 'join', 'leave', 'mute', 'attend', 'train')
            THEN 'unknown_event_type'
        WHEN time IS NULL OR (quantity IS NOT NULL AND units IS NULL) OR (unit_price IS NOT NULL AND paid IS NULL)
            OR (rating IS NOT NULL AND stars IS NULL) THEN 'bad_type'
        WHEN event_type IN ('view', 'click', 'favorite', 'share', 'share_open', 'inquiry')
            AND product_id IS NULL AND content_id IS NULL THEN 'missing_field'
        WHEN event_type IN ('cart', 'purchase', 'refund', 'review') AND product_id IS NULL THEN 'missing_field'
        WHEN event_type IN ('purchase', 'refund') AND paid IS NULL THEN 'missing_field'
        WHEN event_type = 'review' AND stars IS NULL THEN 'missing_field'
        WHEN paid < 0 OR units < 1 THEN 'negative_amount'
        WHEN to_date(time) < DATE '2000-01-01' THEN 'before_epoch'
        WHEN to_date(time) > DATE '{day}' THEN 'later'
        WHEN product_id IS NOT NULL AND is_known IS NULL THEN 'orphan_product' END"""),
    )
    .cache()
)
same_id = Window.partitionBy("event_id").orderBy("occurred_at", "user_id")
ranked = checked.where("verdict IS NULL").withColumn("position", F.row_number().over(same_id)).cache()
save(checked.where("verdict <> 'later'"), "rejects")
save(ranked.where("position > 1"), "duplicates")
save(
    ranked.where("position = 1").selectExpr(
        "event_id",
        "user_id",
        "event_type",
        "time AS occurred_at",
        "to_date(time) AS day",
        "product_id",
        "order_id",
        "coalesce(units, 1) AS quantity",
        "paid AS unit_price",
        "CAST(round(coalesce(units, 1) * paid, 2) AS DECIMAL(18,2)) AS amount",
        "sharer_id",
        "channel",
        "content_id",
        "group_id",
        "stars AS rating",
    ),
    "events",
)
save(checked.groupBy("event_type", "verdict").count(), "quality")
events = table("events")
same_order = Window.partitionBy("order_id", "product_id").orderBy("occurred_at")
purchases = (
    events.where("event_type = 'purchase'")
    .withColumn("position", F.row_number().over(same_order))
    .where("position = 1")
    .selectExpr("order_id", "product_id", "event_id AS purchase_event_id", "day AS purchase_day")
)
save(events.where("event_type = 'refund'").join(purchases, ["order_id", "product_id"], "left"), "refunds")
checked.unpersist()
ranked.unpersist()

# features
is_purchase = "event_type = 'purchase'"
save(
    events.join(F.broadcast(products), "product_id", "left")
    .groupBy("day", "user_id")
    .agg(
        count_if("event_type <> 'refund'").alias("actions"),
        F.count_distinct(F.when(F.expr(is_purchase), F.expr("coalesce(order_id, event_id)"))).alias("orders"),
        count_if(is_purchase).alias("purchase_lines"),
        sum_if(is_purchase, "amount").alias("gross_spend"),
        sum_if(is_purchase, "greatest(price * quantity - amount, 0)").alias("discount"),
        sum_if(is_purchase, "price * quantity").alias("list_spend"),
        count_if("event_type IN ('share', 'post')").alias("shares"),
        count_if("event_type = 'inquiry'").alias("inquiries"),
        count_if("event_type = 'review'").alias("reviews"),
        sum_if("event_type = 'review'", "rating").alias("rating_sum"),
        count_if("event_type = 'complaint'").alias("complaints"),
        count_if("event_type = 'attend'").alias("attends"),
        count_if("hour(occurred_at) BETWEEN 5 AND 10").alias("morning"),
        count_if("hour(occurred_at) BETWEEN 11 AND 16").alias("daytime"),
        count_if("hour(occurred_at) BETWEEN 17 AND 21").alias("evening"),
        count_if("hour(occurred_at) >= 22 OR hour(occurred_at) < 5").alias("night"),
        count_if("dayofweek(day) IN (1, 7)").alias("weekend"),
        count_if("product_id IS NOT NULL").alias("product_actions"),
    ),
    "user_days",
)
types = ("cart", "favorite", "inquiry", "share_open", "click", "view", "purchase", "share", "review", "complaint")
save(
    events.where("product_id IS NOT NULL")
    .groupBy("day", "user_id", "product_id")
    .agg(
        *[count_if(f"event_type = '{event_type}'").alias(event_type) for event_type in types],
        sum_if(is_purchase, "quantity").alias("units"),
        sum_if(is_purchase, "amount").alias("gross_spend"),
        sum_if("event_type = 'review'", "rating").alias("rating_sum"),
    ),
    "user_product_days",
)
product_days = (
    table("user_product_days")
    .join(F.broadcast(products), "product_id", "left")
    .withColumn("category", F.expr("substring_index(coalesce(category, '(none)'), ' > ', 2)"))
)
save(
    product_days.groupBy("day", "user_id", "category").agg(
        F.expr("sum(cart + favorite + share_open + click + view)").alias("interest"),
        F.sum("purchase").alias("purchase_lines"),
        F.sum("gross_spend").alias("net_spend"),
    ),
    "user_category_days",
)
dates = spark.sql(f"SELECT explode(array(DATE '{day}', DATE '{day}' - 28)) AS as_of")


def last_year(rows):
    return rows.crossJoin(F.broadcast(dates)).where("day <= as_of AND day > date_sub(as_of, 365)")


def sum_of_last(days, value):
    return sum_if(f"day > date_sub(as_of, {days})", value)


features = (
    last_year(table("user_days"))
    .groupBy("as_of", "user_id")
    .agg(
        F.sum("actions").alias("actions"),
        F.count_distinct("day").alias("active_days"),
        F.sum("orders").alias("orders_365d"),
        sum_of_last(30, "orders").alias("orders_30d"),
        sum_of_last(90, "orders").alias("orders_90d"),
        F.sum("gross_spend").alias("net_spend_365d"),
        sum_of_last(30, "gross_spend").alias("net_spend_30d"),
        sum_of_last(90, "gross_spend").alias("net_spend_90d"),
        F.sum("discount").alias("discount"),
        F.sum("list_spend").alias("list_spend"),
        sum_of_last(90, "shares").alias("shares_90d"),
        sum_of_last(90, "inquiries").alias("inquiries_90d"),
        F.min("day").alias("first_day"),
        F.max("day").alias("last_day"),
        F.max(F.when(F.expr("purchase_lines > 0"), F.col("day"))).alias("last_purchase_day"),
        *[F.sum(time).alias(time) for time in ("morning", "daytime", "evening", "night", "weekend")],
    )
)
save(features.join(users, "user_id", "full"), "user_features")
paid = last_year(product_days).where("purchase > 0").withColumn("paid", F.expr("gross_spend / units"))
usual = (
    paid.groupBy("as_of", "category", "product_id")
    .agg(F.median("paid").alias("paid"))
    .groupBy("as_of", "category")
    .agg(F.median("paid").alias("usual"))
)
save(
    paid.join(F.broadcast(usual), ["as_of", "category"])
    .groupBy("as_of", "user_id")
    .agg(F.expr("exp(sum(ln(paid / usual) * purchase) / sum(purchase))").alias("price_level")),
    "price_levels",
)
save(
    last_year(table("user_category_days"))
    .groupBy("as_of", "user_id", "category")
    .agg(F.expr("sum(purchase_lines) + 0.2 * sum(interest)").alias("weight"))
    .where("weight > 0")
    .withColumn("attention_fraction", F.expr("weight / sum(weight) OVER (PARTITION BY as_of, user_id)")),
    "user_categories",
)

names = ("events", "user_days", "user_product_days", "user_category_days")
print(json.dumps({name: table(name).count() for name in names}))

# Ends Spark's process and waits for it, so that the benchmark can read its processor time.
gateway = spark.sparkContext._gateway
spark.stop()
gateway.shutdown()
gateway.proc.stdin.close()
gateway.proc.wait()
