package koc.tables;

import koc.warehouse.Table;

/** The table that every run writes, whichever jobs it runs. */
public final class RunTables {
    private RunTables() {}

    public static final Table RUNS = Table.named("runs")
            .describedAs("One row per run date: how its latest run ended and what each job did.")
            .writtenBy("run")
            .keyedBy("day")
            .partitionedBy("day")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    verdict            STRING NOT NULL COMMENT 'done or failed',
                    exit_code          INT NOT NULL COMMENT 'Exit code: 0 done, 1 bug, 2 wrong command line or configuration, 3 bad input, 4 output violates its declaration, 5 refused by the publication gate',
                    reason             STRING COMMENT 'Why the run failed; null if it succeeded',
                    jobs               ARRAY<STRUCT<job: STRING, seconds: DOUBLE, rows_in: BIGINT, rows_out: BIGINT>> NOT NULL COMMENT 'Jobs that have succeeded for this date, with seconds and rows read and written',
                    notes              ARRAY<STRING> NOT NULL COMMENT 'Notes of the run, such as absent sources and fallbacks',
                    versions           STRING NOT NULL COMMENT 'Versions of the pipeline, Spark, Delta and Java',
                    configuration_hash STRING NOT NULL COMMENT 'First 12 hexadecimal digits of the SHA-256 of all settings; equal settings have equal hashes'""");
}
