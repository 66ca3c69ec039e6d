package koc.portraits.assign;

/**
 * The size of a portrait on one day, and how close its users are to its centre.
 *
 * @param users users in the portrait
 * @param meanDistance mean distance of these users to the centre, in the scaled space; 0 for newcomers, who have no centre
 */
public record PortraitStatistics(String portraitId, long users, double meanDistance) {}
