package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivalReaderTest {
    @Test
    void ofManyUnknownColumnsOnlyTheFirstAreNamed() {
        assertThat(ArrivalReader.names(new TreeSet<>(List.of("shoe_size", "colour"))))
                .isEqualTo("[colour, shoe_size]");
        assertThat(ArrivalReader.names(IntStream.range(100, 700)
                        .mapToObj(number -> "tag_" + number)
                        .collect(Collectors.toCollection(TreeSet::new))))
                .startsWith("[tag_100, tag_101, ")
                .endsWith("tag_111] and 588 more");
    }
}
