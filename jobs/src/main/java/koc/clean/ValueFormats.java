package koc.clean;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How values are written in the files of each source. */
record ValueFormats(Map<Source, ValueFormat> bySource) {
    ValueFormats {
        bySource = Collections.unmodifiableMap(new EnumMap<>(bySource));
    }

    static ValueFormats from(Config config) {
        return new ValueFormats(Arrays.stream(Source.values())
                .collect(Collectors.toMap(Function.identity(), source -> ValueFormat.of(config, source))));
    }

    ValueFormat of(Source source) {
        return Objects.requireNonNull(bySource.get(source));
    }
}
