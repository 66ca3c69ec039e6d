package koc.publish;

import com.typesafe.config.Config;
import java.util.Locale;
import java.util.Optional;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * What publishing can be told; {@code koc.publish} in conf/reference.conf says what each key means.
 *
 * @param rowsPerFile rows up to which a table is one file
 * @param layoutName how a run takes the place of the one before; auto when the file system decides
 */
@Key("koc.publish")
record PublishSettings(
        @Range(min = 1, max = 100_000_000) int rowsPerFile,

        @Key("layout") @OneOf({"auto", "link", "rename", "pointer"})
        String layoutName) {

    static PublishSettings from(Config config) {
        return SettingsBinder.bind(config, PublishSettings.class);
    }

    /** How a run takes the place of the one before; empty when the file system decides. */
    Optional<Layout> layout() {
        return layoutName.equals("auto")
                ? Optional.empty()
                : Optional.of(Layout.valueOf(layoutName.toUpperCase(Locale.ROOT)));
    }
}
