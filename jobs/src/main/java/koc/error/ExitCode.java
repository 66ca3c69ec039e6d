package koc.error;

/** The exit status of the process. Schedulers rely on the numbers, which never change. */
public enum ExitCode {
    /** Success. */
    DONE(0),
    /** A bug in the pipeline. */
    BUG(1),
    /** The command line, the configuration or the warehouse path is invalid. */
    USAGE(2),
    /** Input is missing, unreadable or above the reject limit. */
    INPUT(3),
    /** A job's output broke the contract of its table. */
    CONTRACT(4),
    /** The publication gate refused to publish. */
    GATE(5),
    /** Waiting can help: another run holds the lock of the warehouse, a write met another one, or no space is left. */
    TRY_LATER(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }
}
