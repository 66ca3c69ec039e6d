package koc.cli;

/** The entry point, under {@code bin/koc} and under {@code spark-submit} alike. */
public final class Main {
    private Main() {}

    /** Runs the command of the arguments and exits with its status. */
    public static void main(String[] args) {
        System.exit(Koc.onConsole().execute(args));
    }
}
