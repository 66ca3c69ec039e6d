package koc.source;

/** What a message advises when files are written in a way that settings can describe. */
public final class Advice {
    /** The command that proposes these settings. */
    public static final String INSPECT = "bin/koc inspect --landing DIR proposes the settings";

    private Advice() {}
}
