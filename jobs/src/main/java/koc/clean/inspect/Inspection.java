package koc.clean.inspect;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import koc.clean.CleanJob;
import koc.clean.RowReader;
import koc.clean.Source;
import koc.clean.ValueFormat;
import koc.config.Configuration;
import koc.error.KocException;
import koc.source.Landing;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a landing folder, and the configuration that is proposed for it.
 *
 * @param configuration the proposed configuration, in HOCON
 * @param report one line for each source, and what is missing
 * @param isComplete whether every required column has been found, so that a run can read the folder
 */
public record Inspection(String configuration, List<String> report, boolean isComplete) {
    private static final double NEARLY_ALL = 0.95;

    public Inspection {
        report = List.copyOf(report);
    }

    /**
     * Inspects a landing folder.
     *
     * @param config the settings that the proposal adds to
     */
    public static Inspection inspect(String folder, org.apache.hadoop.conf.Configuration hadoop, Config config) {
        return new Run(folder, hadoop, config).inspect();
    }

    /** The inspection of one folder. */
    private static final class Run {
        private final String folder;
        private final Config config;
        private final Answers answers;
        private final SourceRecognition recognition;

        Run(String folder, org.apache.hadoop.conf.Configuration hadoop, Config config) {
            this.folder = folder;
            this.config = config;
            this.answers = new Answers(config);
            this.recognition = new SourceRecognition(Landing.at(folder, hadoop), answers, hadoop);
        }

        Inspection inspect() {
            Map<Source, SourceSample> samples = recognition.find();
            if (samples.isEmpty()) {
                throw KocException.input(
                        "landing " + folder + ": no file of it looks like a source",
                        "expected files with columns of events, users or products",
                        "name another folder with --landing");
            }
            List<SourceProposal> proposals = propose(samples);
            String text = ProposalText.of(proposals, recognition);
            Config bound = bind(text);
            return report(text, bound, proposals);
        }

        private List<SourceProposal> propose(Map<Source, SourceSample> samples) {
            Map<Source, ColumnMatching> matchings = new EnumMap<>(Source.class);
            samples.forEach((source, sample) -> {
                ColumnMatching matching = new ColumnMatching(sample, ValueFormat.of(config, source));
                answers.columns(source).forEach((target, column) -> {
                    if (sample.columns().contains(column)) {
                        matching.with(target, column, "as the configuration says");
                    }
                });
                matchings.put(source, matching);
            });
            List<String> questions = new ArrayList<>();
            matchKey(samples, matchings, Source.USERS, "user_id", questions);
            matchKey(samples, matchings, Source.PRODUCTS, "product_id", questions);
            List<SourceProposal> proposals = new ArrayList<>();
            matchings.forEach((source, matching) -> {
                SourceMapping mapping = matching.match();
                if (source == Source.EVENTS) {
                    questions.forEach(mapping::ask);
                }
                proposals.add(SourceProposal.of(
                        Objects.requireNonNull(samples.get(source)), mapping, ValueFormat.of(config, source), answers));
            });
            return proposals;
        }

        private void matchKey(
                Map<Source, SourceSample> samples,
                Map<Source, ColumnMatching> matchings,
                Source other,
                String key,
                List<String> questions) {
            SourceSample events = samples.get(Source.EVENTS);
            SourceSample others = samples.get(other);
            ColumnMatching ofEvents = matchings.get(Source.EVENTS);
            ColumnMatching ofOthers = matchings.get(other);
            if (events == null || others == null || ofEvents == null || ofOthers == null) {
                return;
            }
            if (ofEvents.has(key) || ofOthers.has(key)) {
                return;
            }
            RowReader reader = new RowReader(other, ValueFormat.of(config, other));
            KeyMatching.Pair pair = new KeyMatching(events, others, key, reader).find();
            if (pair == null) {
                return;
            }
            ofOthers.with(key, pair.inOthers(), ofOthers.describeValues(key, pair.inOthers()));
            if (pair.rival() == null) {
                ofEvents.with(
                        key, pair.inEvents(), ofEvents.describeValues(key, pair.inEvents()) + "; " + pair.reason());
            } else {
                questions.add(key + " may be " + ColumnMatching.quoted(KeyMatching.both(pair)) + ": both have ids that "
                        + other.folder() + " has; name one of them");
                ofEvents.leaveOut(key);
            }
        }

        /** Says how many ids of events another source does not have, if all of its rows are known. */
        private void addUnknownIds(
                List<SourceProposal> proposals, Source other, String key, String consequence, List<String> report) {
            SourceProposal events = find(proposals, Source.EVENTS);
            SourceProposal others = find(proposals, other);
            if (events == null || others == null || !others.sample().isWhole()) {
                return;
            }
            String own = events.mapping().column(key);
            String their = others.mapping().column(key);
            if (own != null && their != null) {
                RowReader reader = new RowReader(other, ValueFormat.of(config, other));
                double join = new KeyMatching(events.sample(), others.sample(), key, reader).join(own, their);
                if (join < NEARLY_ALL) {
                    report.add(String.format(
                            Locale.ROOT,
                            "events: %.0f%% of the sampled ids in %s are not in %s; %s",
                            100 * (1 - join),
                            key,
                            other.folder(),
                            consequence));
                }
            }
        }

        private static @Nullable SourceProposal find(List<SourceProposal> proposals, Source source) {
            return proposals.stream()
                    .filter(proposal -> proposal.sample().source() == source)
                    .findFirst()
                    .orElse(null);
        }

        /** The settings with the proposal, bound as a run binds them. */
        private Config bind(String text) {
            Config bound = Configuration.overText(config, "the proposed configuration", text);
            new CleanJob(bound);
            return bound;
        }

        private Inspection report(String text, Config bound, List<SourceProposal> proposals) {
            List<String> report = new ArrayList<>();
            recognition
                    .paths()
                    .forEach((source, path) -> report.add(source.folder() + ": recognised by its columns: " + path));
            recognition.questions().forEach(question -> report.add("? " + question));
            report.addAll(recognition.notes());
            ProposalText.currencyQuestion(proposals).ifPresent(question -> report.add("? " + question));
            boolean isComplete = recognition.questions().isEmpty();
            for (SourceProposal proposal : proposals) {
                Source source = proposal.sample().source();
                ReadRate rate = ReadRate.of(proposal, bound);
                report.add(source.folder() + ": " + rate.describe());
                isComplete &= rate.rejectRate() <= bound.getDouble("koc.clean.reject-limit");
                if (!proposal.missing().isEmpty()) {
                    isComplete = false;
                    report.add(source.folder() + ": not found, but required: " + String.join(", ", proposal.missing())
                            + "; name the columns under koc.source.columns." + source.folder()
                            + (source.isRequired() ? "" : ", or let the name of the folder begin with _"));
                }
                isComplete &= proposal.isReadable();
                proposal.questions().forEach(question -> report.add(source.folder() + ": ? " + question));
            }
            for (Source source : Source.values()) {
                boolean isFound = proposals.stream()
                        .anyMatch(proposal -> proposal.sample().source() == source);
                if (source.isRequired() && !isFound) {
                    isComplete = false;
                    report.add(source.folder() + ": no folder or file looks like it, and it is required");
                }
            }
            addUnknownIds(proposals, Source.USERS, "user_id", "they have no row there", report);
            addUnknownIds(proposals, Source.PRODUCTS, "product_id", "events of others are rejected", report);
            return new Inspection(text, report, isComplete);
        }
    }
}
