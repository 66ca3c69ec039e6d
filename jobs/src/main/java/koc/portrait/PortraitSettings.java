package koc.portrait;

import com.typesafe.config.Config;
import java.util.Map;
import koc.config.Section;

/**
 * Settings of the portraits job, from {@code koc.portrait}.
 *
 * @param model how a model is fitted
 * @param refitDays days after which the model is fitted anew
 * @param drift how far users may drift from the fit before it is made anew
 * @param life when a portrait is called the same after a refit
 * @param names a person's names for portraits, by portrait id; they win
 */
record PortraitSettings(
        ModelSettings model, int refitDays, DriftLimits drift, LifeLimits life, Map<String, String> names) {

    /**
     * How far users may drift from the fit.
     *
     * @param mostShares population stability index of the portraits' shares
     * @param mostDistance mean distance to the own centre over that on the day of the fit
     */
    record DriftLimits(double mostShares, double mostDistance) {}

    /**
     * When a portrait is called the same after a refit.
     *
     * @param survival share of its users that one new portrait must hold
     * @param split share of its users that each of its parts must hold
     */
    record LifeLimits(double survival, double split) {}

    static PortraitSettings from(Config config) {
        Section portrait = Section.of(config, "koc.portrait");
        return new PortraitSettings(
                ModelSettings.from(config),
                portrait.whole("refit-days", 1, 3650),
                new DriftLimits(
                        portrait.number("drift.most-shares", 0, 100), portrait.number("drift.most-distance", 1, 100)),
                new LifeLimits(portrait.number("life.survival", 0.5, 1), portrait.number("life.split", 0.05, 0.5)),
                portrait.map("names"));
    }
}
