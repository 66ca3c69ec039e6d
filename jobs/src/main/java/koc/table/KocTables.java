package koc.table;

/** What the kocs job says of KOCs. */
public final class KocTables {
    private KocTables() {}

    public static final Table KOC_RANKING = Table.named("koc_ranking")
            .describedAs("One row per KOC: how good it is.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .columns("""
                    day            DATE NOT NULL COMMENT 'Run date',
                    koc_id         STRING NOT NULL COMMENT 'User id of the KOC',
                    koc_type       STRING NOT NULL COMMENT 'employee, guide, external or user',
                    level          STRING NOT NULL COMMENT 'recruit, trainee, bronze, silver, gold, partner or revoked',
                    score          DOUBLE NOT NULL COMMENT 'What the ranking is by',
                    shares_90d     BIGINT NOT NULL COMMENT 'Shares and posts made',
                    influence_lift DOUBLE COMMENT 'Observed buyers over expected ones'""");
}
