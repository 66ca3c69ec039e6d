package koc.cli;

/** The failure of a run, with the command that runs the jobs that have not succeeded. */
final class RunFailure extends RuntimeException {
    private final Throwable failure;
    private final String resume;

    RunFailure(Throwable cause, String resume) {
        super("the run has failed", cause);
        this.failure = cause;
        this.resume = resume;
    }

    /** The failure itself. */
    Throwable failure() {
        return failure;
    }

    /** The command that goes on. */
    String resume() {
        return resume;
    }
}
