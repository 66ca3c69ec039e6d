package koc;

import koc.run.Progress;

/** Progress that nobody needs to see; a test that reads the notes overrides {@link #note}. */
public class Silence implements Progress {
    @Override
    public void note(String job, String text) {}
}
