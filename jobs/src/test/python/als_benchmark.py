"""Spark MLlib's ALS on the task of `koc recommend`: which products will the members of each pool buy first?

Fits implicit ALS (Hu, Koren and Volinsky 2008) to the purchases up to the cutoff. For each pool it sums the predicted
preferences of the members who do not own the product, and recommends the first 20 products by that sum. It scores these
lists and those of a warehouse as koc.evaluation.PoolNdcg does: NDCG@20, where the relevance of a product is the number of
members whose first purchase of it lies in the horizon, over KOCs with at least --min-pool members of whom somebody
first bought a product that was known before. Run by bin/evaluate als.
"""

import argparse
import glob
import resource
import time

import numpy as np
from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession, functions as F
from scipy.sparse import csr_matrix

parser = argparse.ArgumentParser(prog="bin/evaluate als")
parser.add_argument("landing", help="landing folder: events/ and ties/ in CSV")
parser.add_argument("cutoff", help="last day of the past, YYYY-MM-DD")
parser.add_argument("--recommendations", help="koc_recommendations in a warehouse that ends at the cutoff")
parser.add_argument("--horizon-days", type=int, default=28)
parser.add_argument("--min-pool", type=int, default=10)
parser.add_argument("--rank", type=int, default=64, help="length of the factors")
parser.add_argument("--iterations", type=int, default=10)
parser.add_argument("--regularization", type=float, default=0.1)
parser.add_argument("--alpha", type=float, nargs="+", default=[0.3], help="confidence of a purchase; one fit for each")
parser.add_argument("--heap", default="8g")
arguments = parser.parse_args()
TOP = 20

started = time.monotonic()
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.driver.memory", arguments.heap)
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", "8")
    .config("spark.log.level", "ERROR")
    .getOrCreate()
)


def table(source):
    files = [file for file in glob.glob(f"{arguments.landing}/{source}/**", recursive=True) if ".csv" in file]
    return spark.read.csv(files, header=True, escape='"')


bought = (
    table("events")
    .where("event_type = 'purchase' AND user_id IS NOT NULL AND product_id IS NOT NULL")
    .withColumn("day", F.expr("try_cast(substr(occurred_at, 1, 10) AS DATE)"))
    .where("day IS NOT NULL")
    .groupBy("user_id", "product_id")
    .agg(F.min("day").alias("first_on"))
)
first = bought.toPandas()
past = first[first.first_on.astype(str) <= arguments.cutoff]
products = {product: i for i, product in enumerate(sorted(past.product_id.unique()))}
ties = table("ties").where("koc_id IS NOT NULL AND user_id IS NOT NULL")
for column, keeps in (("since", "<="), ("until", ">")):
    if column in ties.columns:
        day = f"try_cast(substr({column}, 1, 10) AS DATE)"
        ties = ties.where(f"{day} IS NULL OR {day} {keeps} DATE'{arguments.cutoff}'")
ties = ties.select("koc_id", "user_id").distinct().toPandas()
users = {user: i for i, user in enumerate(sorted(set(past.user_id) | set(ties.user_id)))}
sizes = ties.groupby("koc_id").size()
kocs = {koc: i for i, koc in enumerate(sorted(sizes[sizes >= arguments.min_pool].index))}
ties = ties[ties.koc_id.isin(kocs)]


def matrix(rows, columns, values, shape):
    return csr_matrix((values, (rows, columns)), shape)


pools = matrix(ties.koc_id.map(kocs), ties.user_id.map(users), np.ones(len(ties)), (len(kocs), len(users)))
owners, owned_products = past.user_id.map(users).to_numpy(), past.product_id.map(products).to_numpy()

ratings = spark.createDataFrame(
    past.assign(user=owners.astype("int32"), item=owned_products.astype("int32"), rating=np.float32(1))[
        ["user", "item", "rating"]
    ]
).persist()
ratings.count()
read_seconds = time.monotonic() - started
names = np.array(list(products))


def factors(frame, count):
    found = np.zeros((count, arguments.rank))
    for row in frame.toLocalIterator():
        found[row["id"]] = row["features"]
    return found


def fit(alpha):
    model = ALS(
        userCol="user",
        itemCol="item",
        ratingCol="rating",
        implicitPrefs=True,
        rank=arguments.rank,
        maxIter=arguments.iterations,
        regParam=arguments.regularization,
        alpha=alpha,
        seed=1,
    ).fit(ratings)
    return factors(model.userFactors, len(users)), factors(model.itemFactors, len(products))


def best_of_pools(user_factors, item_factors):
    """The first 20 products of each pool by preference, summed over the members who do not own the product."""
    owned = matrix(
        owners,
        owned_products,
        np.einsum("ij,ij->i", user_factors[owners], item_factors[owned_products]),
        (len(users), len(products)),
    )
    lists = {}
    for start in range(0, len(kocs), 500):
        chunk = pools[start : start + 500]
        scores = (chunk @ user_factors) @ item_factors.T - (chunk @ owned).toarray()
        for koc, row in zip(list(kocs)[start : start + 500], scores):
            lists[koc] = list(names[np.argsort(-row, kind="stable")[:TOP]])
    return lists


later = first[
    (first.first_on.astype(str) > arguments.cutoff)
    & (first.first_on.astype(str) <= str(np.datetime64(arguments.cutoff) + arguments.horizon_days))
    & first.product_id.isin(products)
    & first.user_id.isin(users)
]
relevance = {}
counts = ties.merge(later, on="user_id").groupby(["koc_id", "product_id"]).size()
for (koc, product), count in counts.items():
    relevance.setdefault(koc, {})[product] = count


def score(name, lists):
    ndcg, captured = [], []
    for koc, gains in relevance.items():
        found = [gains.get(product, 0) for product in lists.get(koc, [])[:TOP]]
        discounted = [
            sum(gain / np.log2(position + 2) for position, gain in enumerate(values))
            for values in (found, sorted(gains.values(), reverse=True)[:TOP])
        ]
        ndcg.append(discounted[0] / discounted[1])
        captured.append(sum(found) / sum(gains.values()))
    covered = len({product for koc in relevance for product in lists.get(koc, [])[:TOP]})
    print(f"{name:10s} NDCG@{TOP} {np.mean(ndcg):.4f}  captured {np.mean(captured):.4f}  products {covered}  KOCs {len(ndcg)}")


popular = list(names[np.argsort(-np.bincount(owned_products, minlength=len(products)), kind="stable")[:TOP]])
score("popularity", {koc: popular for koc in kocs})
for alpha in arguments.alpha:
    started = time.monotonic()
    fitted = fit(alpha)
    fit_seconds = time.monotonic() - started
    started = time.monotonic()
    lists = best_of_pools(*fitted)
    print(f"alpha {alpha}: {fit_seconds:.0f} seconds to fit, {time.monotonic() - started:.0f} to rank")
    score("ALS", lists)
if arguments.recommendations:
    ours = spark.read.parquet(arguments.recommendations).where(f"rank <= {TOP}").toPandas()
    score("koc", ours.sort_values("rank").groupby("koc_id").product_id.apply(list).to_dict())
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
jvm = int(next(line for line in open(f"/proc/{spark.sparkContext._gateway.proc.pid}/status") if "VmHWM" in line).split()[1])
print(f"{read_seconds:.0f} seconds to read; memory: {jvm / 1e6:.1f} GB in Spark, {own / 1e6:.1f} GB in Python")
