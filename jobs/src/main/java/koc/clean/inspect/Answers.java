package koc.clean.inspect;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import koc.clean.Source;
import koc.config.Section;
import org.jspecify.annotations.Nullable;

/** What a configuration already says about the files, such as an earlier proposal whose questions were answered. */
final class Answers {
    private static final String SOURCE = "koc.source";

    private final Config config;

    Answers(Config config) {
        this.config = config;
    }

    /** Names of columns of a source: name here -> name in the files. */
    Map<String, String> columns(Source source) {
        return map("columns", source);
    }

    /** Values of columns that the files lack. */
    Map<String, String> constants(Source source) {
        return map("constants", source);
    }

    /** The columns that identify an event. */
    List<String> eventId() {
        return Section.of(config, SOURCE).texts("event-id");
    }

    /** Where the files of a source are; null if it is not said. */
    @Nullable
    String path(Source source) {
        return Section.of(config, SOURCE).map("paths").get(source.folder());
    }

    /** The encoding of a source that has no byte order mark. */
    String encoding(Source source) {
        String own = "format." + source.folder() + ".encoding";
        return config.hasPath(SOURCE + "." + own)
                ? config.getString(SOURCE + "." + own)
                : config.getString(SOURCE + ".format.default.encoding");
    }

    private Map<String, String> map(String section, Source source) {
        return config.hasPath(SOURCE + "." + section + "." + source.folder())
                ? Section.of(config, SOURCE + "." + section).map(source.folder())
                : Map.of();
    }
}
