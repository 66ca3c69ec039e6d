package koc.tables;

import koc.warehouse.Table;

/** What the report job writes: the files that people open. */
public final class ReportTables {
    private ReportTables() {}

    public static final Table PUBLISHED_FILES = Table.named("published_files")
            .describedAs(
                    "One row per part of a file for people, such as the report. The publish job puts the parts together.")
            .writtenBy("report")
            .keyedBy("day", "path", "part")
            .partitionedBy("day")
            .check("part >= 1")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    path    STRING NOT NULL COMMENT 'Path within the published folder, as in report/index.html',
                    part    INT NOT NULL COMMENT 'Position of the part in the file, from 1',
                    content BINARY NOT NULL COMMENT 'Bytes of the part, at most 1 MiB'""");
}
