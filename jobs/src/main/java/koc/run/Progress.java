package koc.run;

/** Takes what jobs have to say to the user. */
@FunctionalInterface
public interface Progress {
    /** A note for the user that is not an error, such as an absent source and what is missing because of it. */
    void note(String job, String text);
}
