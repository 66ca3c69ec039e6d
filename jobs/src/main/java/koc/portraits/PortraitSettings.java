package koc.portraits;

import com.typesafe.config.Config;
import java.util.Map;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.portraits.fit.Drift;
import koc.portraits.fit.ModelSettings;

/**
 * Settings of the portraits job, from {@code koc.portraits}.
 *
 * @param model how a model is fitted
 * @param refitDays days after which a new model is fitted
 * @param drift how far users may drift before a new model is fitted earlier
 * @param transitions when a portrait counts as survived or split after a refit
 * @param names configured names, by portrait id; they replace the names made from the evidence
 * @param language of names and reasons
 */
@Key("koc.portraits")
public record PortraitSettings(
        ModelSettings model,
        @Range(min = 1, max = 3650) int refitDays,
        DriftLimits drift,
        TransitionLimits transitions,
        Map<String, String> names,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * How far users may drift before a new model is fitted.
     *
     * @param maxPopulationStabilityIndex limit of {@link Drift#populationStabilityIndex}
     * @param maxDistance limit of {@link Drift#distanceRatio}
     */
    public record DriftLimits(
            @Range(min = 0, max = 100) double maxPopulationStabilityIndex,
            @Range(min = 1, max = 100) double maxDistance) {}

    /**
     * When a portrait counts as survived or split after a refit.
     *
     * @param survivalThreshold fraction of its users that one new portrait must contain
     * @param splitThreshold fraction of its users that each part must contain
     */
    public record TransitionLimits(
            @Range(min = 0.5, max = 1) double survivalThreshold,
            @Range(min = 0.05, max = 0.5) double splitThreshold) {}

    public static PortraitSettings from(Config config) {
        return SettingsBinder.bind(config, PortraitSettings.class);
    }
}
