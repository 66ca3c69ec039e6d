package koc.clean;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.source.SourceFormat;

/** How the files of each source are written. */
record FileFormats(Map<Source, SourceFormat> bySource) {
    FileFormats {
        bySource = Collections.unmodifiableMap(new EnumMap<>(bySource));
    }

    static FileFormats from(Config config) {
        return new FileFormats(Arrays.stream(Source.values())
                .collect(Collectors.toMap(Function.identity(), source -> SourceFormat.of(config, source.folder()))));
    }

    SourceFormat of(Source source) {
        return Objects.requireNonNull(bySource.get(source));
    }
}
