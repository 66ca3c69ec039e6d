package koc.portraits;

/**
 * A portrait's centre in the scaled space.
 *
 * @param values in the order of the scaling's inputs
 */
@SuppressWarnings("ArrayRecordComponent")
record Centre(String portraitId, double[] values, double stability) {}
