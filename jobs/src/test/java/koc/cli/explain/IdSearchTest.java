package koc.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdSearchTest {
    @Test
    void aDistanceCountsLettersToInsertDeleteOrReplace() {
        assertThat(IdSearch.distance("u042", "u0042")).isEqualTo(1);
        assertThat(IdSearch.distance("u0042", "u042")).isEqualTo(1);
        assertThat(IdSearch.distance("u0042", "u0142")).isEqualTo(1);
        assertThat(IdSearch.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(IdSearch.distance("", "abc")).isEqualTo(3);
        assertThat(IdSearch.distance("same", "same")).isZero();
    }

    @Test
    void theNearestIdsComeFirstAndEqualOnesInTheirOrder() {
        assertThat(IdSearch.nearest("u12", List.of("u99", "u22", "u11", "u123", "x", "u55", "u13")))
                .isEqualTo("the nearest of 7 are u11, u123, u13, u22, u55");
        assertThat(IdSearch.nearest("u12", List.of())).isEqualTo("there are none on this day");
    }
}
