package koc.tables;

import koc.warehouse.Table;

/** What the runner itself writes. */
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
                    exit_code          INT NOT NULL COMMENT 'Exit status of the process',
                    reason             STRING COMMENT 'Why it failed; null when it did not',
                    jobs               ARRAY<STRUCT<job: STRING, seconds: DOUBLE, rows_in: BIGINT, rows_out: BIGINT>> NOT NULL COMMENT 'The jobs that ended well for this date, with seconds and rows',
                    notes              ARRAY<STRING> NOT NULL COMMENT 'What the run said: absent sources, fallbacks',
                    versions           STRING NOT NULL COMMENT 'Versions of the pipeline, Spark, Delta and Java',
                    configuration_hash STRING NOT NULL COMMENT 'First 12 hexadecimal digits of the SHA-256 of all settings; equal for equal settings'""");
}
