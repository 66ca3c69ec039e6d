package koc.clean.inspect;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.clean.Source;
import koc.clean.inspect.SourceProposal.Setting;

/** Writes proposals as a configuration, in which a comment above each setting says what was seen. */
final class ProposalText {
    private static final int MAX_LINE = 118;

    private final List<String> lines = new ArrayList<>();
    private int depth;

    private ProposalText() {}

    /** The configuration that makes the pipeline read these sources. */
    static String of(List<SourceProposal> proposals, SourceRecognition recognition) {
        ProposalText text = new ProposalText();
        text.comment(
                "Proposed by bin/koc inspect from a sample of each file. Read the comments, and answer what is asked.");
        recognition.questions().forEach(question -> text.comment("? " + question));
        recognition.notes().forEach(text::comment);
        text.open("koc");
        text.currency(proposals);
        text.open("source");
        text.paths(recognition.paths());
        text.open("columns");
        proposals.forEach(text::columns);
        text.close();
        text.constants(proposals);
        text.open("format");
        proposals.forEach(text::format);
        text.close();
        text.close();
        text.close();
        return String.join("\n", text.lines) + "\n";
    }

    private void currency(List<SourceProposal> proposals) {
        Map<String, Setting> byValue = currencies(proposals);
        if (byValue.size() > 1) {
            comment("? " + currencyQuestion(byValue));
        } else if (proposals.stream().anyMatch(SourceProposal::changesCurrency)) {
            byValue.values().forEach(setting -> setting("currency", setting.value(), setting.reason()));
        }
    }

    /** What to ask if sources have different currencies; nothing if they have one or none. */
    static Optional<String> currencyQuestion(List<SourceProposal> proposals) {
        return Optional.of(currencies(proposals))
                .filter(currencies -> currencies.size() > 1)
                .map(ProposalText::currencyQuestion);
    }

    private static String currencyQuestion(Map<String, Setting> byValue) {
        return "amounts seem to be in " + String.join(" and in ", byValue.keySet())
                + ", and all must be in one currency; convert the others, and set koc.currency";
    }

    private static Map<String, Setting> currencies(List<SourceProposal> proposals) {
        Map<String, Setting> byValue = new TreeMap<>();
        proposals.stream()
                .map(SourceProposal::currency)
                .flatMap(Stream::ofNullable)
                .forEach(setting -> byValue.putIfAbsent(setting.value(), setting));
        return byValue;
    }

    private void paths(Map<Source, String> paths) {
        if (!paths.isEmpty()) {
            open("paths");
            paths.forEach(
                    (source, path) -> setting(source.folder(), quote(path), "recognised by the columns of its files"));
            close();
        }
    }

    private void columns(SourceProposal proposal) {
        SourceSample sample = proposal.sample();
        Source source = sample.source();
        comment(String.format(
                Locale.ROOT,
                "%s: %d of %d files sampled, %,d rows, such as %s",
                source.folder(),
                sample.files().size(),
                sample.filesListed(),
                sample.rows(),
                sample.files().get(0).file().name()));
        if (sample.totals() > 0) {
            comment(sample.totals() + " lines of totals are no rows; they will be rejected");
        }
        open(source.folder());
        proposal.mapping().choices().forEach((target, choice) -> {
            if (choice.column().equalsIgnoreCase(target)) {
                comment(target + " has its own name: " + choice.reason());
            } else {
                setting(target, quote(choice.column()), choice.reason());
            }
        });
        proposal.questions().forEach(question -> comment("? " + question));
        List<String> missing = proposal.missing();
        if (!missing.isEmpty()) {
            comment("? not found, but required: " + String.join(", ", missing));
        }
        List<String> unused = sample.columns().stream()
                .filter(column -> !proposal.mapping().used().contains(column))
                .toList();
        if (!unused.isEmpty()) {
            comment("not used: " + ColumnMatching.quoted(unused));
        }
        close();
    }

    private void constants(List<SourceProposal> proposals) {
        if (proposals.stream().anyMatch(proposal -> !proposal.constants().isEmpty())) {
            open("constants");
            for (SourceProposal proposal : proposals) {
                if (!proposal.constants().isEmpty()) {
                    open(proposal.sample().source().folder());
                    proposal.constants()
                            .forEach((target, value) -> setting(
                                    target,
                                    quote(value),
                                    "no column says so; nearly every row has a price, and an order or a quantity"));
                    close();
                }
            }
            close();
        }
        for (SourceProposal proposal : proposals) {
            Setting eventId = proposal.eventId();
            if (eventId != null) {
                setting(eventId.key(), eventId.value(), eventId.reason());
            }
        }
    }

    private void format(SourceProposal proposal) {
        if (proposal.settings().isEmpty() && proposal.words().isEmpty()) {
            return;
        }
        open(proposal.sample().source().folder());
        proposal.settings().forEach(setting -> setting(setting.key(), setting.value(), setting.reason()));
        if (!proposal.words().isEmpty()) {
            open("words");
            proposal.words().forEach((column, meanings) -> {
                String name = String.valueOf(proposal.mapping().column(column));
                comment("words of \"" + name + "\""
                        + (ColumnNames.isOpposite(column, name)
                                ? ", which says the opposite"
                                : " that are not built in; check their meaning"));
                open(column);
                meanings.forEach(
                        (word, meaning) -> lines.add("  ".repeat(depth) + quote(word) + " = " + quote(meaning)));
                close();
            });
            close();
        }
        close();
    }

    private void setting(String key, String value, String reason) {
        comment(reason);
        lines.add("  ".repeat(depth) + key + " = " + value);
    }

    private void open(String key) {
        lines.add("  ".repeat(depth) + key + " {");
        depth++;
    }

    private void close() {
        depth--;
        lines.add("  ".repeat(depth) + "}");
    }

    /** A comment, on several lines if it is long. Text of a file cannot end it. */
    private void comment(String text) {
        String start = "  ".repeat(depth) + "# ";
        StringBuilder line = new StringBuilder(start);
        for (String word : text.replaceAll("[\\p{Cntrl}]", " ").split(" ", -1)) {
            if (line.length() > start.length() && line.length() + word.length() > MAX_LINE) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(start).append("  ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }

    /** A text in HOCON. */
    static String quote(String text) {
        return ConfigUtil.quoteString(text);
    }

    /** A list of texts in HOCON. */
    static String list(Collection<String> texts) {
        return texts.stream().map(ProposalText::quote).collect(Collectors.joining(", ", "[", "]"));
    }
}
