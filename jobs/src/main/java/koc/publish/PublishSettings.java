package koc.publish;

import com.typesafe.config.Config;
import java.util.Locale;
import java.util.Optional;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the publish job, from {@code koc.publish}.
 *
 * @param rowsPerFile rows up to which a table is one file
 * @param language of what run.json says
 * @param layoutName how a run replaces the previous one: link, rename or pointer; auto chooses by file system
 */
@Key("koc.publish")
record PublishSettings(
        @Range(min = 1, max = 100_000_000) int rowsPerFile,

        @Key("koc.language") @OneOf({"en", "zh"}) String language,

        @Key("layout") @OneOf({"auto", "link", "rename", "pointer"})
        String layoutName) {

    static PublishSettings from(Config config) {
        return SettingsBinder.bind(config, PublishSettings.class);
    }

    /** How a run replaces the previous one; empty to choose by file system. */
    Optional<PublishLayout> layout() {
        return layoutName.equals("auto")
                ? Optional.empty()
                : Optional.of(PublishLayout.valueOf(layoutName.toUpperCase(Locale.ROOT)));
    }
}
