package koc.portraits;

import com.typesafe.config.Config;
import java.util.Map;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the portraits job, from {@code koc.portraits}.
 *
 * @param model how a model is fitted
 * @param refitDays days after which the model is fitted anew
 * @param drift how far users may drift from the fit before it is made anew
 * @param life when a portrait is called the same after a refit
 * @param names a person's names for portraits, by portrait id; they win
 * @param language of names and reasons
 */
@Key("koc.portraits")
record PortraitSettings(
        ModelSettings model,
        @Range(min = 1, max = 3650) int refitDays,
        DriftLimits drift,
        LifeLimits life,
        Map<String, String> names,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * How far users may drift from the fit.
     *
     * @param maxPopulationStabilityIndex population stability index of the portraits' shares
     * @param maxDistance mean distance to the own centre over that on the day of the fit
     */
    record DriftLimits(
            @Range(min = 0, max = 100) double maxPopulationStabilityIndex,
            @Range(min = 1, max = 100) double maxDistance) {}

    /**
     * When a portrait is called the same after a refit.
     *
     * @param survival share of its users that one new portrait must hold
     * @param split share of its users that each of its parts must hold
     */
    record LifeLimits(
            @Range(min = 0.5, max = 1) double survival,
            @Range(min = 0.05, max = 0.5) double split) {}

    static PortraitSettings from(Config config) {
        return SettingsBinder.bind(config, PortraitSettings.class);
    }
}
