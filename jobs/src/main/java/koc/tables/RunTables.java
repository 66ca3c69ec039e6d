package koc.tables;

import koc.warehouse.Table;

/** The table that every run writes, whichever jobs it runs. */
public final class RunTables {
    private RunTables() {}

    public static final Table RUNS = Table.named("runs")
            .describedAs("One row per attempt to run jobs for a date: what it did and how it ended.")
            .writtenBy("run")
            .keyedBy("day", "attempt")
            .partitionedBy("day", "attempt")
            .columns("""
                    day                DATE NOT NULL COMMENT 'Run date',
                    attempt            STRING NOT NULL COMMENT 'Id of the attempt; later attempts sort after earlier ones',
                    run_id             STRING NOT NULL COMMENT 'Run that the attempt belongs to; the tasks of one scheduled run share it',
                    verdict            STRING NOT NULL COMMENT 'running, done, failed, stopped (by a signal) or lost (its process ended without a word)',
                    exit_code          INT COMMENT 'Exit code: 0 done, 1 bug, 2 wrong command line or configuration, 3 bad input, 4 output violates its declaration, 5 refused by the publication gate, 6 waiting can help; null while it runs, and if it was stopped or lost',
                    reason             STRING COMMENT 'Why it failed, was stopped or is lost; null if it succeeded',
                    started_at         TIMESTAMP NOT NULL COMMENT 'When it started',
                    ended_at           TIMESTAMP COMMENT 'When it ended; null while it runs, and if it is lost',
                    seconds            DOUBLE NOT NULL COMMENT 'Seconds from its start to its end, or to the latest job that ended',
                    requested          ARRAY<STRING> NOT NULL COMMENT 'Jobs that it was asked to run',
                    jobs               ARRAY<STRUCT<job: STRING, seconds: DOUBLE, rows_in: BIGINT, rows_out: BIGINT>> NOT NULL COMMENT 'Jobs that have succeeded in it, with seconds and rows read and written',
                    rows_written       BIGINT NOT NULL COMMENT 'Rows that these jobs have written',
                    notes              ARRAY<STRING> NOT NULL COMMENT 'Notes of the run, such as absent sources and fallbacks',
                    process            STRING NOT NULL COMMENT 'Process and machine that ran it',
                    versions           STRING NOT NULL COMMENT 'Versions of the pipeline, Spark, Delta and Java',
                    configuration_hash STRING NOT NULL COMMENT 'First 12 hexadecimal digits of the SHA-256 of all settings; equal settings have equal hashes'""");
}
