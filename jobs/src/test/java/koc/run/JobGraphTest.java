package koc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import koc.warehouse.Table;
import org.junit.jupiter.api.Test;

class JobGraphTest {
    private static final Table ROWS = Table.named("rows");
    private static final Table USERS = Table.named("users");
    private static final Table SCORES = Table.named("scores");
    private static final Table FITS = Table.named("fits");
    private static final Table LISTS = Table.named("lists");

    private static final Job CLEAN = job("clean", Set.of(), Set.of(ROWS), Set.of(ROWS));
    private static final Job USER = job("user", Set.of(ROWS), Set.of(), Set.of(USERS));
    private static final Job SCORE = job("score", Set.of(ROWS, USERS), Set.of(LISTS), Set.of(SCORES));
    private static final Job FIT = job("fit", Set.of(USERS), Set.of(), Set.of(FITS));
    private static final Job LIST = job("list", Set.of(SCORES, FITS, USERS), Set.of(LISTS), Set.of(LISTS));

    private record Declared(String name, Set<Table> reads, Set<Table> readsPrevious, Set<Table> writes) implements Job {
        @Override
        public void run(JobRun run) {
            throw new UnsupportedOperationException();
        }
    }

    private static Job job(String name, Set<Table> reads, Set<Table> readsPrevious, Set<Table> writes) {
        return new Declared(name, reads, readsPrevious, writes);
    }

    @Test
    void aJobComesAfterThoseWhoseTablesItReads() {
        assertThat(JobGraph.of(List.of(LIST, SCORE, CLEAN, USER, FIT)).order())
                .containsExactly(CLEAN, USER, SCORE, FIT, LIST);
    }

    @Test
    void jobsThatAreFreeToComeInAnyOrderStayAsListed() {
        assertThat(JobGraph.of(List.of(CLEAN, USER, FIT, SCORE, LIST)).order())
                .containsExactly(CLEAN, USER, FIT, SCORE, LIST);
        assertThat(JobGraph.of(List.of(FIT, SCORE)).order()).containsExactly(FIT, SCORE);
    }

    @Test
    void aJobWaitsForThoseWhoseTablesItReads() {
        JobGraph graph = JobGraph.of(List.of(CLEAN, USER, SCORE, FIT, LIST));

        assertThat(graph.directPredecessors("clean")).isEmpty();
        assertThat(graph.directPredecessors("score")).containsExactly("user");
        assertThat(graph.directPredecessors("list")).containsExactly("score", "fit");
    }

    @Test
    void whatIsReadOfEarlierRunsPutsNoJobBeforeAnother() {
        assertThat(JobGraph.of(List.of(SCORE, LIST)).directPredecessors("score"))
                .isEmpty();
    }

    @Test
    void jobsThatWaitForEachOtherAreNamedWithWhatTheyWaitFor() {
        Job one = job("one", Set.of(FITS), Set.of(), Set.of(SCORES));
        Job other = job("other", Set.of(SCORES), Set.of(), Set.of(FITS));

        assertThatThrownBy(() -> JobGraph.of(List.of(CLEAN, one, other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "jobs wait for each other: 'one' reads what [other] writes, 'other' reads what [one] writes");
    }

    @Test
    void aTableHasOneWriter() {
        assertThatThrownBy(() -> JobGraph.of(List.of(CLEAN, job("again", Set.of(), Set.of(), Set.of(ROWS)))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("table rows is written by two jobs, 'clean' and 'again'");
    }

    @Test
    void thePictureLeavesOutArrowsThatFollowFromOthers() {
        assertThat(JobGraph.of(List.of(CLEAN, USER, SCORE, FIT, LIST)).flowchart("in", "out"))
                .isEqualTo("""
                        ```mermaid
                        flowchart LR
                            in[/in/] --> clean
                            clean --> user
                            user --> score
                            user --> fit
                            score --> list
                            fit --> list
                            list --> out[/out/]
                        ```
                        """);
    }

    @Test
    void theSectionNamesTheTablesOfEveryJob() {
        assertThat(JobGraph.of(List.of(SCORE, CLEAN)).markdown()).endsWith("""
                        | job | reads | reads from earlier runs | writes |
                        | --- | --- | --- | --- |
                        | `clean` |  | rows | rows |
                        | `score` | rows, users | lists | scores |
                        """);
    }
}
