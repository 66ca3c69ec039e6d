package koc.recommend.split;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users as of a day.
 *
 * @param userPortraits user_id, portrait_id
 * @param users {@link UserActivity#USERS}
 * @param owned {@link Ownership#OWNED}
 */
public record UserState(LocalDate day, Dataset<Row> userPortraits, Dataset<Row> users, Dataset<Row> owned) {}
