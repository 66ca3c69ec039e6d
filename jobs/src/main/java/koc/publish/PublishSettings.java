package koc.publish;

import com.typesafe.config.Config;
import java.util.Locale;
import java.util.Optional;
import koc.config.Section;

/**
 * What publishing can be told; {@code koc.publish} in conf/reference.conf says what each key means.
 *
 * @param rowsPerFile rows up to which a table is one file
 * @param layout how a run takes the place of the one before; empty when the file system decides
 */
record PublishSettings(int rowsPerFile, Optional<Layout> layout) {

    static PublishSettings from(Config config) {
        Section publish = Section.of(config, "koc.publish");
        String layout = publish.oneOf("layout", "auto", "link", "rename", "pointer");
        return new PublishSettings(
                publish.whole("rows-per-file", 1, 100_000_000),
                layout.equals("auto")
                        ? Optional.empty()
                        : Optional.of(Layout.valueOf(layout.toUpperCase(Locale.ROOT))));
    }
}
