package koc.cli;

/** Where the process begins, under {@code bin/koc} and under {@code spark-submit} alike. */
public final class Main {
    private Main() {}

    /** Does what the arguments ask for and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(Koc.onConsole().execute(args));
    }
}
