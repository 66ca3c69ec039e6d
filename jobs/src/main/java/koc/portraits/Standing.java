package koc.portraits;

/**
 * How a portrait stands on a day.
 *
 * @param users its users
 * @param distance mean distance of its users to its centre, in the scaled space; 0 for newcomers, who have none
 */
record Standing(String portraitId, long users, double distance) {}
