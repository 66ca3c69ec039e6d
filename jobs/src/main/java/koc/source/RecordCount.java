package koc.source;

import java.io.Serializable;

/**
 * How many records the bytes of a file hold, counted without parsing them: lines of CSV files, objects of JSON Lines files,
 * lines of JSON files that are read as a whole, rows of Parquet files.
 *
 * @param records the records
 * @param blankRows lines of a CSV file in which every value is empty; they are no records
 * @param repeatedHeaders lines of a CSV file that repeat its header; they are no records
 */
public record RecordCount(long records, long blankRows, long repeatedHeaders) implements Serializable {}
