package koc.portraits.fit;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import koc.portraits.PortraitSettings;
import koc.text.Texts;

/**
 * Decides whether a new model is fitted although there is one: because its settings changed, it is too old, or users have
 * drifted too far from it.
 *
 * @param settingsAsJson today's settings of the fit, as portrait_models stores them
 */
public record RefitDecision(PortraitSettings settings, String settingsAsJson, Texts texts) {

    /** The reason to fit a new model, in words; empty while the previous one stays valid. */
    public Optional<String> reason(PreviousModel previous, Drift drift, LocalDate day) {
        LocalDate fittedOn = previous.model().fittedOn();
        PortraitSettings.DriftLimits limits = settings.drift();
        if (!previous.settingsAsJson().equals(settingsAsJson)) {
            return Optional.of(texts.text("portraits.why.settings", fittedOn));
        }
        if (!fittedOn.plusDays(settings.refitDays()).isAfter(day)) {
            return Optional.of(texts.text("portraits.why.schedule", fittedOn, ChronoUnit.DAYS.between(fittedOn, day)));
        }
        if (drift.populationStabilityIndex() > limits.maxPopulationStabilityIndex()) {
            return Optional.of(texts.text(
                    "portraits.why.stability-index",
                    fittedOn,
                    drift.populationStabilityIndex(),
                    limits.maxPopulationStabilityIndex()));
        }
        if (drift.distanceRatio() > limits.maxDistance()) {
            return Optional.of(
                    texts.text("portraits.why.distance", fittedOn, drift.distanceRatio(), limits.maxDistance()));
        }
        return Optional.empty();
    }
}
