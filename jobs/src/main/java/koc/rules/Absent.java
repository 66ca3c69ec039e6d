package koc.rules;

/** The label of a missing value in a key column, which must not be null. */
public final class Absent {
    /**
     * Replaces a missing value: the category of a product, the scene of a tie, the portrait or the level of a user.
     */
    public static final String NONE = "(none)";

    private Absent() {}
}
