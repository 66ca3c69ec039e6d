package koc.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class InterimTest {

    @Test
    void workThatWasBegunGoesOnBesideTheCaller() {
        CountDownLatch isAtWork = new CountDownLatch(1);
        CountDownLatch callerWentOn = new CountDownLatch(1);
        try (Interim interim = new Interim()) {
            Supplier<String> work = interim.meanwhile(() -> {
                isAtWork.countDown();
                await(callerWentOn);
                return "done";
            });
            await(isAtWork);
            callerWentOn.countDown();
            assertThat(work.get()).isEqualTo("done");
        }
    }

    @Test
    void aFailureReachesWhoWaitsAsItWasThrown() {
        KocException failure = KocException.input("events: no files", "expected some", "land some");
        try (Interim interim = new Interim()) {
            Supplier<String> work = interim.meanwhile(() -> {
                throw failure;
            });
            assertThatThrownBy(work::get).isSameAs(failure);
        }
    }

    @Test
    void aFailureThatNobodyAskedForIsToldAtTheEndBesideTheJobsOwn() {
        KocException failure = KocException.input("events: no files", "expected some", "land some");
        IllegalStateException own = new IllegalStateException("the job's own");

        assertThatThrownBy(() -> {
                    try (Interim interim = new Interim()) {
                        interim.meanwhile(() -> {
                            throw failure;
                        });
                        throw own;
                    }
                })
                .isSameAs(own)
                .hasSuppressedException(failure);
    }

    @Test
    void theEndWaitsForWhatWasBegun() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Interim interim = new Interim();
        interim.meanwhile(() -> {
            await(mayEnd);
            return "unread";
        });
        Thread closing = new Thread(interim::close);
        closing.start();

        closing.join(200);
        assertThat(closing.isAlive()).isTrue();

        mayEnd.countDown();
        closing.join(10_000);
        assertThat(closing.isAlive()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
