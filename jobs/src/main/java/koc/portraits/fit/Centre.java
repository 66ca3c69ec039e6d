package koc.portraits.fit;

/**
 * The centre of a portrait in the scaled space.
 *
 * @param values one value per input, in the order of the scaling's inputs
 * @param stability mean Jaccard overlap of the portrait with its best match in bootstrap refits, 0..1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Centre(String portraitId, double[] values, double stability) {}
