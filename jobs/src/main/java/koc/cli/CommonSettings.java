package koc.cli;

import com.typesafe.config.Config;
import java.time.ZoneId;
import java.util.Currency;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.SettingsBinder;

/**
 * The settings that every job relies on.
 *
 * @param zone where days begin and end
 * @param currency of all money
 * @param language of names and reasons
 * @param seed of every random choice
 */
@Key("koc")
record CommonSettings(
        ZoneId zone, Currency currency, @OneOf({"en", "zh"}) String language, long seed) {
    /** Reads the section {@code koc}; an invalid value is an error. */
    static CommonSettings from(Config config) {
        return SettingsBinder.bind(config, CommonSettings.class);
    }
}
