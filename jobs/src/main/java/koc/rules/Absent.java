package koc.rules;

/** The label of rows that have no value in a column which is part of a key. */
public final class Absent {
    /**
     * Stands in the column where nothing is recorded: the category of a product without one, the scene of a tie without
     * one, the portrait or level of a user without one.
     */
    public static final String NONE = "(none)";

    private Absent() {}
}
