package koc.economics.commission;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import koc.rules.Invitations;
import koc.rules.KocLevels;
import koc.tables.CleanTables;
import koc.tables.KocTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds who invited whom, as of a day. */
final class Inviters {
    private Inviters() {}

    /** seller_id and inviter_id: one row per user whose inviter is a KOC and not revoked. */
    static Dataset<Row> read(Warehouse warehouse, LocalDate day) {
        Dataset<Row> kocs = warehouse
                .read(KocTables.KOC_RANKING, day)
                .where(KocLevels.isRevoked(col("level")).equalTo(false))
                .select(col("koc_id").as("inviter_id"));
        return warehouse
                .readLatest(CleanTables.USERS, day)
                .select(col("user_id").as("seller_id"), Invitations.inviter().as("inviter_id"))
                .join(kocs, new String[] {"inviter_id"}, "left_semi");
    }
}
