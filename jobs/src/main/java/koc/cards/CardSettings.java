package koc.cards;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.SettingsBinder;

/**
 * Settings of the cards, which are settings of the whole pipeline; conf/reference.conf describes each key.
 *
 * @param language of the texts
 */
@Key("koc")
record CardSettings(@OneOf({"en", "zh"}) String language) {
    static CardSettings from(Config config) {
        return SettingsBinder.bind(config, CardSettings.class);
    }
}
