package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import koc.source.Format;
import koc.source.LandingFile;
import koc.source.SourceFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceArrivalsTest {
    private static final SourceFolder FOLDER = new SourceFolder(
            "users", "landing/users", false, List.of(file("2024-03-01"), file("2024-03-02"), file("2024-03-03")));

    @Test
    void newArrivalsUpToTheDayAreSelected() {
        assertThat(select("2024-03-02", null, "2024-03-01").days()).containsExactly(LocalDate.parse("2024-03-02"));
        assertThat(select("2024-03-02", null).days())
                .containsExactly(LocalDate.parse("2024-03-01"), LocalDate.parse("2024-03-02"));
    }

    @Test
    void everyArrivalFromADayOnIsSelectedAgainAndSoAreThoseWithoutAFolder() {
        SourceArrivals arrivals =
                select("2024-03-03", "2024-02-20", "2024-02-10", "2024-02-25", "2024-03-01", "2024-03-02");

        assertThat(arrivals.days().stream().map(LocalDate::toString))
                .containsExactly("2024-02-25", "2024-03-01", "2024-03-02", "2024-03-03");
        assertThat(arrivals.files()).hasSize(3);
    }

    @Test
    void theRunDayIsSelectedEvenWithoutFiles() {
        SourceArrivals arrivals = select("2024-04-01", null, "2024-03-01", "2024-03-02", "2024-03-03");

        assertThat(arrivals.days()).containsExactly(LocalDate.parse("2024-04-01"));
        assertThat(arrivals.files()).isEmpty();
    }

    @Test
    void theRowsOfTheSelectedArrivalsAreReplaced() {
        SourceArrivals arrivals = select("2024-03-02", null);

        assertThat(arrivals.replacedRows()).isEqualTo("arrived IN (DATE'2024-03-01', DATE'2024-03-02')");
        assertThat(arrivals.replacedRowsOfSource())
                .isEqualTo("(source = 'users' AND arrived IN (DATE'2024-03-01', DATE'2024-03-02'))");
    }

    @Test
    void aFlatSourceReplacesAllItsRows() {
        SourceFolder flat = new SourceFolder("users", "landing/users", true, List.of(file(null)));
        SourceArrivals arrivals =
                SourceArrivals.select(Source.USERS, flat, LocalDate.parse("2024-03-02"), null, new TreeSet<>());

        assertThat(arrivals.days()).containsExactly(LocalDate.parse("2024-03-02"));
        assertThat(arrivals.replacedRows()).isEqualTo("TRUE");
        assertThat(arrivals.replacedRowsOfSource()).isEqualTo("source = 'users'");
    }

    private static SourceArrivals select(String day, @Nullable String from, String... cleaned) {
        return SourceArrivals.select(
                Source.USERS,
                FOLDER,
                LocalDate.parse(day),
                from == null ? null : LocalDate.parse(from),
                new TreeSet<>(Stream.of(cleaned).map(LocalDate::parse).toList()));
    }

    private static LandingFile file(@Nullable String arrived) {
        return new LandingFile(
                "landing/users/" + arrived,
                "users/" + arrived,
                Format.CSV,
                arrived == null ? null : LocalDate.parse(arrived),
                1,
                Instant.EPOCH);
    }
}
