package koc.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import koc.warehouse.Table;

/**
 * Files for people, such as the report or a workbook, that are published together with the tables.
 *
 * <p>The job {@code report} runs every writer in an empty folder of this machine, and stores what it finds there in the table
 * {@code published_files}. {@code publish} copies them, with the same paths, into the folder that readers see.
 */
public interface PublishedFiles {
    /**
     * Where a page of HTML says what the run found: {@code publish} puts the content of run.json in the place of null. Only then
     * all jobs have spoken, and the publication gate has judged.
     */
    String RUN_SLOT = runElement("null");

    /** The element of a page with what the run found. */
    static String runElement(String json) {
        return "<script type=\"application/json\" id=\"data-run\">" + json + "</script>";
    }

    /** Tables of other jobs whose rows of the day the files show. */
    Set<Table> reads();

    /** Tables whose rows of earlier days the files show. */
    default Set<Table> readsPrevious() {
        return Set.of();
    }

    /**
     * Writes the files of a day. The same rows, settings and day give the same bytes: no clock, no time stamps within files.
     *
     * @param run the day and the warehouse, limited to the declared tables
     * @param folder to write into, such as {@code folder.resolve("report/index.html")}; folders are created by the writer
     */
    void write(JobRun run, Path folder) throws IOException;
}
