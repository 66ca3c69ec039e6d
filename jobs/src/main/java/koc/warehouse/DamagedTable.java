package koc.warehouse;

import koc.error.KocException;

/** The errors for tables whose files are missing, empty or cut short, with what a user can do about them. */
public final class DamagedTable {
    private DamagedTable() {}

    /**
     * The error for a data file.
     *
     * @param date the day or arrival of its rows
     * @param file its name within the folder of the date
     * @param cause what was found
     */
    public static KocException file(Table table, String date, String file, String cause) {
        return KocException.input(
                "table " + table + ", " + date + ": the file " + table.dateColumn() + "=" + date + "/" + file
                        + " is missing or damaged",
                cause,
                "restore the file from a copy, or write it again: " + rewrite(table, date));
    }

    /** The error for the log of a table in this folder. */
    public static KocException log(String folder, String cause) {
        String table = folder.substring(folder.lastIndexOf('/') + 1);
        return KocException.input(
                "table " + table + ": its log in " + folder + "/_delta_log cannot be read",
                cause,
                "restore the folder " + folder + " from a copy and make it readable, or delete it and run every date"
                        + " again");
    }

    private static String rewrite(Table table, String date) {
        if (table.job().equals("run")) {
            return "delete the folder " + table + " and run every date that is to be published again";
        }
        return "run the job '" + table.job() + "' and the jobs after it "
                + (table.dateColumn().equals("day") ? "for --date " + date : "with --from " + date);
    }
}
