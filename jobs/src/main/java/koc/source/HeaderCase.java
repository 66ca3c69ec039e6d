package koc.source;

/** How the names of columns in files are compared with the names that the pipeline looks for. */
public enum HeaderCase {
    /** An equal name wins; without one, a name that differs only in upper and lower case is taken. */
    IGNORE,
    /** Only an equal name is taken. */
    EXACT
}
