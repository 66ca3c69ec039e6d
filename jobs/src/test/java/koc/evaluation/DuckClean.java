package koc.evaluation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** The rules of the clean job for a flat folder of events, as SQL for DuckDB. */
public final class DuckClean {
    private static final String TEXT_COLUMNS = """
            nullif(trim(event_id), '') AS event_id,
            CASE WHEN regexp_full_match(trim(occurred_at), '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?( ?(Z|[+-]\\d{2}(:?\\d{2})?))?)?')
                 THEN try_cast(trim(occurred_at) AS TIMESTAMPTZ) END AS occurred_at,
            nullif(trim(occurred_at), '') AS occurred_at_text,
            nullif(trim(user_id), '') AS user_id,
            nullif(trim(event_type), '') AS event_type,
            nullif(trim(product_id), '') AS product_id,
            nullif(trim(order_id), '') AS order_id,
            coalesce(nullif(trim(quantity), ''), '1') AS quantity_text,
            try_cast(coalesce(nullif(trim(quantity), ''), '1') AS DECIMAL(18,3)) AS quantity,
            nullif(trim(unit_price), '') AS unit_price_text,
            try_cast(trim(unit_price) AS DECIMAL(18,4)) AS unit_price,
            nullif(trim(sharer_id), '') AS sharer_id,
            nullif(trim(channel), '') AS channel,
            nullif(trim(content_id), '') AS content_id,
            nullif(trim(group_id), '') AS group_id,
            nullif(trim(rating), '') AS rating_text,
            try_cast(trim(rating) AS INTEGER) AS rating""";

    private static final String TYPED_COLUMNS = """
            nullif(trim(event_id), '') AS event_id,
            occurred_at,
            occurred_at::VARCHAR AS occurred_at_text,
            nullif(trim(user_id), '') AS user_id,
            nullif(trim(event_type), '') AS event_type,
            nullif(trim(product_id), '') AS product_id,
            nullif(trim(order_id), '') AS order_id,
            quantity::VARCHAR AS quantity_text,
            coalesce(quantity, 1) AS quantity,
            unit_price::VARCHAR AS unit_price_text,
            unit_price,
            nullif(trim(sharer_id), '') AS sharer_id,
            nullif(trim(channel), '') AS channel,
            nullif(trim(content_id), '') AS content_id,
            nullif(trim(group_id), '') AS group_id,
            rating::VARCHAR AS rating_text,
            rating""";

    private static final String CONTENT =
            "occurred_at, user_id, event_type, product_id, order_id, quantity, unit_price, sharer_id, channel,"
                    + " content_id, group_id, rating";

    /** The options of DuckDB for CSV as RFC 4180 defines it. */
    private static final String CSV = "all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"'";

    private static final String CHECKED = """
            CREATE TABLE checked AS
            SELECT *, CASE
                WHEN day > DATE '${day}' THEN 'later'
                WHEN event_id IS NULL OR occurred_at_text IS NULL OR user_id IS NULL OR event_type IS NULL
                    OR (event_type IN ('view', 'click', 'favorite', 'share', 'share_open', 'inquiry')
                        AND product_id IS NULL AND content_id IS NULL)
                    OR (event_type IN ('cart', 'purchase', 'refund', 'review') AND product_id IS NULL)
                    OR (event_type IN ('purchase', 'refund') AND unit_price_text IS NULL)
                    OR (event_type = 'review' AND rating_text IS NULL) THEN 'missing_field'
                WHEN occurred_at IS NULL OR (event_type IN ('purchase', 'refund')
                        AND (quantity IS NULL OR (unit_price IS NULL AND unit_price_text IS NOT NULL)))
                    OR (event_type = 'review' AND rating IS NULL) THEN 'bad_type'
                WHEN event_type NOT IN ('view', 'click', 'favorite', 'cart', 'purchase', 'refund', 'share',
                    'share_open', 'inquiry', 'reply', 'review', 'complaint', 'post', 'join', 'leave', 'mute', 'attend',
                    'train') THEN 'unknown_event_type'
                WHEN quantity < .001 OR unit_price < 0 THEN 'negative_amount'
                WHEN day < DATE '2000-01-01' THEN 'before_epoch'
                END AS verdict
            FROM (SELECT *, occurred_at::DATE AS day, round(quantity * unit_price, 2)::DECIMAL(18,2) AS amount
                  FROM (SELECT * REPLACE (
                            CASE WHEN event_type IN ('purchase', 'refund') OR quantity >= .001 THEN quantity ELSE 1 END
                                AS quantity,
                            CASE WHEN event_type IN ('purchase', 'refund') OR unit_price >= 0 THEN unit_price END
                                AS unit_price,
                            CASE WHEN rating BETWEEN 1 AND 5 THEN rating END AS rating)
                        FROM (SELECT ${columns}, filename AS file FROM ${files})))""";

    private static final String REPEATED = """
            CREATE TABLE repeated AS
            SELECT rid, CASE WHEN row(${content}) IS NOT DISTINCT FROM kept THEN 'duplicate' ELSE 'conflicting_id' END
                AS reason
            FROM (SELECT rowid AS rid, ${content},
                         first_value(row(${content})) OVER same_id AS kept, row_number() OVER same_id AS nth
                  FROM checked
                  WHERE verdict IS NULL AND event_id IN
                      (SELECT event_id FROM checked WHERE verdict IS NULL GROUP BY event_id HAVING count(*) > 1)
                  WINDOW same_id AS (PARTITION BY event_id ORDER BY ${content}, file
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
            WHERE nth > 1""";

    /** Malformed lines of products are skipped: only events are compared. */
    private static final String KNOWN = """
            CREATE TABLE known AS
            SELECT checked.* EXCLUDE verdict, coalesce(verdict, reason,
                CASE WHEN checked.product_id IS NOT NULL AND products.product_id IS NULL THEN 'orphan_product' END)
                AS verdict
            FROM checked
            LEFT JOIN repeated ON checked.rowid = repeated.rid
            LEFT JOIN (SELECT DISTINCT listed.product_id
                       FROM read_csv('${products}', ${csv}, null_padding = true, ignore_errors = true) listed) products
                ON checked.product_id = products.product_id""";

    private static final String ROBOTS = """
            CREATE TABLE robots AS
            SELECT DISTINCT user_id, day
            FROM (SELECT user_id, day, epoch(occurred_at)::BIGINT // 3600 AS hour,
                         count(*) FILTER (event_type <> 'purchase')
                             + count(DISTINCT coalesce(order_id, event_id)) FILTER (event_type = 'purchase') AS actions
                  FROM known WHERE verdict IS NULL GROUP BY ALL)
            WHERE actions > ${limit}""";

    private static final String JUDGED = """
            CREATE TABLE judged AS
            SELECT known.* EXCLUDE verdict, coalesce(verdict,
                CASE WHEN robots.user_id IS NOT NULL AND event_type IN ('view', 'click') THEN 'robot' END) AS verdict
            FROM known LEFT JOIN robots ON known.user_id = robots.user_id AND known.day = robots.day""";

    private final String files;
    private final String columns;
    private final Path products;
    private final LocalDate day;
    private final int threads;
    private final int robotLimit;
    private final Map<String, Long> outcomes = new TreeMap<>();

    public DuckClean(Path landing, LocalDate day, int threads, int robotLimit) {
        Path events = landing.resolve("events");
        boolean isParquet = events.resolve("events.parquet").toFile().exists();
        this.files = isParquet
                ? "read_parquet('" + events + "/*.parquet', filename = true)"
                : "read_csv('" + events + "/*.csv*', " + CSV + ", filename = true, store_rejects = true)";
        this.columns = isParquet ? TYPED_COLUMNS : TEXT_COLUMNS;
        this.products = landing.resolve("products").resolve("*.csv*");
        this.day = day;
        this.threads = threads;
        this.robotLimit = robotLimit;
    }

    /** Cleans the events into two Parquet files in this folder. */
    public void run(Path out) throws SQLException {
        outcomes.clear();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("SET threads = " + threads);
            sql.execute("SET TimeZone = 'Asia/Shanghai'");
            for (String step : new String[] {CHECKED, REPEATED, KNOWN, ROBOTS, JUDGED}) {
                sql.execute(filled(step));
            }
            sql.execute("COPY (SELECT event_id, day, amount, " + CONTENT + " FROM judged WHERE verdict IS NULL) TO '"
                    + out.resolve("events.parquet") + "' (FORMAT parquet)");
            sql.execute("COPY (SELECT file, verdict, to_json(struct_pack(event_id, occurred_at := occurred_at_text,"
                    + " user_id, event_type, product_id, order_id, quantity := quantity_text,"
                    + " unit_price := unit_price_text, sharer_id, channel, content_id, group_id, rating := rating_text))"
                    + " AS raw FROM judged WHERE verdict IS NOT NULL AND verdict <> 'later') TO '"
                    + out.resolve("rejects.parquet") + "' (FORMAT parquet)");
            count(sql);
        }
    }

    /** Events of the last run by outcome: a reject reason, kept, or later than the day. */
    Map<String, Long> outcomes() {
        return outcomes;
    }

    /** Writes the events of a folder of CSV files as one Parquet file with types. */
    static void convert(Path csv, Path parquet, int threads) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = connection.createStatement()) {
            sql.execute("SET threads = " + threads);
            sql.execute("SET TimeZone = 'Asia/Shanghai'");
            sql.execute("COPY (SELECT * REPLACE (try_cast(occurred_at AS TIMESTAMPTZ) AS occurred_at,"
                    + " try_cast(quantity AS DECIMAL(18,3)) AS quantity, try_cast(unit_price AS DECIMAL(18,4)) AS unit_price,"
                    + " try_cast(rating AS INTEGER) AS rating) FROM read_csv('" + csv
                    + "/*.csv*', " + CSV + ", ignore_errors = true)) TO '"
                    + parquet.resolve("events.parquet") + "' (FORMAT parquet)");
        }
    }

    private String filled(String step) {
        return step.replace("${columns}", columns)
                .replace("${files}", files)
                .replace("${content}", CONTENT)
                .replace("${csv}", CSV)
                .replace("${products}", products.toString())
                .replace("${limit}", String.valueOf(robotLimit))
                .replace("${day}", day.toString());
    }

    private void count(Statement sql) throws SQLException {
        try (ResultSet rows = sql.executeQuery("SELECT coalesce(verdict, 'kept'), count(*) FROM judged GROUP BY 1")) {
            while (rows.next()) {
                outcomes.put(rows.getString(1), rows.getLong(2));
            }
        }
        if (columns.equals(TEXT_COLUMNS)) {
            try (ResultSet rows = sql.executeQuery("SELECT count(DISTINCT (file_id, line)) FROM reject_errors")) {
                if (rows.next() && rows.getLong(1) > 0) {
                    outcomes.put("malformed", rows.getLong(1));
                }
            }
        }
    }
}
