package koc.cards;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the cards, which are settings of the whole pipeline; conf/reference.conf describes each key.
 *
 * @param language of the texts
 * @param assumedGain gain of margin that new KOCs in a county are assumed to bring, a fraction
 * @param costDays days over which the costs of a KOC are counted
 */
@Key("koc")
record CardSettings(
        @OneOf({"en", "zh"}) String language,

        @Key("koc.report.assumed-gain") @Range(min = 0, max = 1)
        double assumedGain,

        @Key("koc.economics.koc.window-days") @Range(min = 7, max = 90)
        int costDays) {
    static CardSettings from(Config config) {
        return SettingsBinder.bind(config, CardSettings.class);
    }
}
