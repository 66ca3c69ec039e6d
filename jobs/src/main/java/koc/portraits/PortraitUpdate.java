package koc.portraits;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.portraits.assign.CurrentPortraits;
import koc.portraits.assign.PortraitAssignment;
import koc.portraits.fit.Drift;
import koc.portraits.fit.FittedModel;
import koc.portraits.fit.ModelFitting;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.PreviousModel;
import koc.portraits.fit.RefitDecision;
import koc.portraits.transitions.ClusterMatching;
import koc.portraits.transitions.ClusterTransitions;
import koc.portraits.transitions.ClusterTransitions.Transition;
import koc.run.JobRun;
import koc.tables.PortraitTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the portraits of a run: under a first model, the previous model, or a new one that continues the previous. */
public final class PortraitUpdate {
    private final JobRun run;
    private final PortraitInputs inputs;
    private final PortraitSettings settings;
    private final RefitDecision decision;
    private final ModelFitting fitting;
    private final Texts texts;

    /**
     * For one run.
     *
     * @param settingsAsJson settings of the fit, as portrait_models stores them
     */
    public PortraitUpdate(
            JobRun run, PortraitInputs inputs, PortraitSettings settings, String settingsAsJson, Texts texts) {
        this.run = run;
        this.inputs = inputs;
        this.settings = settings;
        this.decision = new RefitDecision(settings, settingsAsJson, texts);
        this.fitting = new ModelFitting(run, settings.model(), settingsAsJson, texts);
        this.texts = texts;
    }

    /** Fits the first model of a warehouse. */
    public CurrentPortraits fitFirst() {
        FittedModel fitted = fitting.fit(inputs, Optional.empty(), texts.text("portraits.why.first"));
        PortraitModel model = fitted.model();
        Dataset<Row> assignments = inputs.assignCached(model, run.day());
        return new CurrentPortraits(
                model,
                Optional.empty(),
                ClusterTransitions.first(model.portraitIds()),
                assignments,
                CurrentPortraits.statisticsById(assignments),
                fitted.row());
    }

    /** Keeps the previous model, or fits a new one when there is a reason to. */
    public CurrentPortraits keepOrRefit(PreviousModel previous) {
        Dataset<Row> assignments = inputs.assignCached(previous.model(), run.day());
        CurrentPortraits unchanged = new CurrentPortraits(
                previous.model(),
                Optional.of(previous),
                ClusterTransitions.unchanged(previous.model().portraitIds()),
                assignments,
                CurrentPortraits.statisticsById(assignments),
                Optional.empty());
        Drift drift = Drift.between(
                previous.statistics(), List.copyOf(unchanged.statistics().values()));
        Optional<String> reason = decision.reason(previous, drift, run.day());
        if (reason.isPresent()) {
            FittedModel fitted = fitting.fit(inputs, Optional.of(previous.model()), reason.get());
            // Without users to fit a new model on, the previous one stays valid.
            if (!fitted.model().centres().isEmpty()) {
                return refit(fitted, previous, assignments);
            }
        } else {
            noteFrozen(previous.model(), drift);
        }
        ModelFitting.clearModel(run.warehouse(), run.day());
        return unchanged;
    }

    /** Assigns every user under the new model; its portraits take the ids of the previous ones that they continue. */
    private CurrentPortraits refit(FittedModel fitted, PreviousModel previous, Dataset<Row> byPrevious) {
        PortraitModel model = fitted.model();
        Dataset<Row> assignments = inputs.assignCached(model, run.day());
        Dataset<Row> membersAtFit = run.warehouse()
                .readPrevious(
                        PortraitTables.USER_PORTRAITS,
                        previous.model().fittedOn().plusDays(1));
        ClusterTransitions matched = ClusterMatching.match(
                previous.model().portraitIds(),
                model.portraitIds(),
                PortraitAssignment.countOverlaps(membersAtFit, byPrevious, assignments),
                settings.transitions());
        Map<String, String> stableIds = matched.stableIds();
        ClusterTransitions transitions = matched.withStableIds();
        noteTransitions(transitions, previous.model());
        Dataset<Row> renamed = PortraitAssignment.withPortraitIds(assignments, stableIds);
        return new CurrentPortraits(
                model.withPortraitIds(stableIds),
                Optional.of(previous),
                transitions,
                renamed,
                CurrentPortraits.statisticsById(renamed),
                fitted.row());
    }

    private void noteFrozen(PortraitModel model, Drift drift) {
        note(
                "portraits.frozen",
                model.modelId(),
                model.fittedOn(),
                settings.refitDays(),
                drift.populationStabilityIndex(),
                settings.drift().maxPopulationStabilityIndex(),
                drift.distanceRatio(),
                settings.drift().maxDistance());
    }

    private void noteTransitions(ClusterTransitions transitions, PortraitModel previous) {
        Collection<Transition> byOldPortrait = transitions.byOldPortrait().values();
        Collection<Transition> byNewPortrait = transitions.byNewPortrait().values();
        note(
                "portraits.transitions",
                previous.fittedOn(),
                Collections.frequency(byOldPortrait, Transition.SURVIVED),
                Collections.frequency(byOldPortrait, Transition.SPLIT),
                Collections.frequency(byOldPortrait, Transition.MERGED),
                Collections.frequency(byOldPortrait, Transition.DISAPPEARED),
                Collections.frequency(byNewPortrait, Transition.SPLIT),
                Collections.frequency(byNewPortrait, Transition.MERGED),
                Collections.frequency(byNewPortrait, Transition.EMERGED));
    }

    private void note(String text, Object... values) {
        run.progress().note(PortraitsJob.NAME, texts.text(text, values));
    }
}
