package koc.error;

/** What the process tells its scheduler; the numbers are a promise to users. */
public enum ExitCode {
    /** Everything asked for was done. */
    DONE(0),
    /** A bug: nothing that the user could have done better. */
    BUG(1),
    /** The command line, the configuration or the warehouse path is wrong. */
    USAGE(2),
    /** Input is missing, unreadable or above the reject limit. */
    INPUT(3),
    /** A job's output broke the contract of its table. */
    CONTRACT(4),
    /** A quality gate refused to publish. */
    GATE(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }
}
