package koc.clean.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.clean.RowReader;
import koc.clean.Source;
import koc.clean.ValueFormat;
import koc.clean.ValueFormat.Numbers;
import koc.source.FileSample;
import koc.source.SourceFormat;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** The settings that are proposed for one source, each with what was seen. */
final class SourceProposal {
    private static final Set<String> CURRENCY_COLUMNS =
            Set.of("currency", "currencycode", "币种", "货币", "waers", "währung", "waerk");
    private static final List<String> SEPARATORS = List.of("->", "＞", "»", "/", "|", "\\", "::");
    private static final double MOST = 0.5;
    /** A word shown to people is one that several rows have. */
    private static final int MIN_WORD_ROWS = 2;

    private static final int MAX_UNKNOWN_WORDS = 12;

    /**
     * A setting.
     *
     * @param key its key in the section of the source
     * @param value its value in HOCON
     * @param reason what was seen
     */
    record Setting(String key, String value, String reason) {}

    private final SourceSample sample;
    private final Source source;
    private final SourceMapping mapping;
    private final ValueFormat defaults;
    /** Values of columns that the configuration gives already. */
    private final Map<String, String> given;

    private final boolean isEventIdGiven;
    private final List<Setting> settings = new ArrayList<>();
    private final Map<String, Map<String, String>> words = new TreeMap<>();
    private final List<String> questions = new ArrayList<>();
    private final Map<String, String> constants = new LinkedHashMap<>();
    private @Nullable Setting currency;
    private boolean changesCurrency;
    private @Nullable Setting eventId;

    private SourceProposal(SourceSample sample, SourceMapping mapping, ValueFormat defaults, Answers answers) {
        this.given = answers.constants(sample.source());
        this.isEventIdGiven = !answers.eventId().isEmpty();
        this.sample = sample;
        this.source = sample.source();
        this.mapping = mapping;
        this.defaults = defaults;
        this.questions.addAll(mapping.questions());
    }

    /** The settings for a source with this mapping of columns. */
    static SourceProposal of(SourceSample sample, SourceMapping mapping, ValueFormat defaults, Answers answers) {
        SourceProposal proposal = new SourceProposal(sample, mapping, defaults, answers);
        proposal.addFormat();
        proposal.addNulls();
        proposal.addDates();
        proposal.addNumbers();
        proposal.addWords();
        proposal.addSeparator();
        if (sample.source() == Source.EVENTS) {
            proposal.addEventDefaults();
        }
        return proposal;
    }

    private void addFormat() {
        List<FileSample> texts = sample.files().stream()
                .filter(file -> !file.findings().contains("Parquet with its own types"))
                .toList();
        if (texts.isEmpty()) {
            return;
        }
        SourceFormat format = texts.get(0).format();
        for (FileSample file : texts) {
            if (!file.format().equals(format)) {
                questions.add(file.file().name() + " is written otherwise than "
                        + texts.get(0).file().name() + ": " + String.join(", ", file.findings())
                        + "; write them alike");
            }
            if (!file.isReadable()) {
                questions.add(file.file().name() + ": " + String.join(", ", file.findings()));
            }
        }
        String findings = String.join("; ", texts.get(0).findings());
        if (!format.encoding().equals("UTF-8")) {
            settings.add(new Setting("encoding", ProposalText.quote(format.encoding()), findings));
        }
        if (!format.delimiter().equals(",")) {
            settings.add(new Setting("delimiter", ProposalText.quote(format.delimiter()), findings));
        }
        if (format.skipLines() > 0) {
            settings.add(new Setting("skip-lines", String.valueOf(format.skipLines()), "lines above the header"));
        }
        if (format.multiLine()) {
            settings.add(new Setting("multi-line", "true", findings));
        }
    }

    private void addNulls() {
        Set<String> texts = new TreeSet<>();
        mapping.choices().values().forEach(choice -> texts.addAll(sample.nulls(choice.column())));
        if (!texts.isEmpty()) {
            settings.add(new Setting(
                    "null-values",
                    "${koc.source.format.default.null-values} " + ProposalText.list(texts),
                    "these texts stand where other rows have values"));
        }
    }

    private void addDates() {
        Map<String, DateGuess> guesses = new LinkedHashMap<>();
        for (String target : targets(List.of(TimestampType.class, DateType.class))) {
            guesses.put(target, DateGuess.of(sample.values(String.valueOf(mapping.column(target))), defaults.dates()));
        }
        List<String> all = guesses.values().stream()
                .flatMap(guess -> guess.added().stream())
                .toList();
        Set<String> added = new LinkedHashSet<>();
        List<String> reasons = new ArrayList<>();
        guesses.forEach((target, guess) -> {
            if (guess.question() != null) {
                questions.add(target + ": " + guess.question());
            }
            List<String> undisputed = guess.added().stream()
                    .filter(format -> DateGuess.opposite(format, all).isEmpty())
                    .toList();
            if (undisputed.size() < guess.added().size()) {
                questions.add(target + ": its dates have day and month in another order than those of another column;"
                        + " write all in one order, and add its format to dates");
            }
            if (!undisputed.isEmpty()) {
                String column = String.valueOf(mapping.column(target));
                added.addAll(undisputed);
                reasons.add("\"" + column + "\": " + guess.reason() + example(column));
            }
        });
        if (!added.isEmpty()) {
            settings.add(new Setting(
                    "dates",
                    "${koc.source.format.default.dates} " + ProposalText.list(added),
                    String.join("; ", reasons)));
        }
    }

    private String example(String column) {
        List<String> values = sample.values(column);
        return values.isEmpty() ? "" : ", such as " + values.get(0);
    }

    private void addNumbers() {
        List<String> values = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String target : targets(List.of(DecimalType.class, LongType.class))) {
            String column = String.valueOf(mapping.column(target));
            columns.add(column);
            values.addAll(sample.values(column));
        }
        if (values.isEmpty()) {
            return;
        }
        Set<Currency> all = namedCurrencies();
        if (all.size() > 1) {
            questions.add("amounts are in several currencies (" + join(all)
                    + "), and all must be in one; convert the others, and set koc.currency");
        }
        Currency named = all.size() == 1 ? all.iterator().next() : null;
        NumberGuess guess = NumberGuess.of(values, defaults.numbers(), defaults.currency(), named);
        if (guess.question() != null) {
            questions.add(guess.question());
            return;
        }
        String seen = String.format(
                Locale.ROOT,
                "%,d of %,d values of %s are read so%s",
                guess.read(),
                guess.total(),
                ColumnMatching.quoted(columns),
                example(columns.get(0)));
        Numbers numbers = guess.numbers();
        if (!numbers.equals(defaults.numbers())) {
            settings.add(new Setting(
                    "numbers",
                    "{ decimal = " + ProposalText.quote(numbers.decimal()) + ", thousands = "
                            + ProposalText.quote(numbers.thousands()) + " }",
                    seen));
        }
        changesCurrency = !guess.currency().equals(defaults.currency());
        if (changesCurrency || named != null) {
            currency = new Setting(
                    "koc.currency",
                    ProposalText.quote(guess.currency().getCurrencyCode()),
                    named == null ? seen : "the only currency that a column of " + source.folder() + " names");
        }
    }

    /** The currencies that a column of its own names, by code; none if it has other words too. */
    private Set<Currency> namedCurrencies() {
        Set<Currency> currencies = new TreeSet<>(Comparator.comparing(Currency::getCurrencyCode));
        for (String column : sample.columns()) {
            if (CURRENCY_COLUMNS.contains(ColumnNames.key(column)) && currencies.isEmpty()) {
                try {
                    for (String code : new HashSet<>(sample.values(column))) {
                        currencies.add(Currency.getInstance(code.toUpperCase(Locale.ROOT)));
                    }
                } catch (IllegalArgumentException unknown) {
                    return Set.of();
                }
            }
        }
        return currencies;
    }

    private static String join(Set<Currency> currencies) {
        return currencies.stream().map(Currency::getCurrencyCode).collect(Collectors.joining(", "));
    }

    private void addWords() {
        RowReader reader = new RowReader(source, defaults);
        for (String target : new TreeSet<>(source.words().keySet())) {
            String column = mapping.column(target);
            if (column != null) {
                WordGuess guess = WordGuess.of(target, sample.values(column), reader);
                if (ColumnNames.isOpposite(target, column)) {
                    words.put(target, opposite(target, new TreeSet<>(sample.values(column)), reader));
                } else if (!guess.meanings().isEmpty()) {
                    words.put(target, guess.meanings());
                }
                askForWords(target, guess);
            }
        }
    }

    /** Yes as false and no as true. */
    private static Map<String, String> opposite(String target, Set<String> values, RowReader reader) {
        Map<String, String> meanings = new TreeMap<>();
        for (String value : values) {
            String meaning = reader.read(target, value);
            if (meaning != null) {
                meanings.put(value, String.valueOf(!Boolean.parseBoolean(meaning)));
            }
        }
        return meanings;
    }

    private void askForWords(String target, WordGuess guess) {
        List<String> unknown = guess.unknown().entrySet().stream()
                .filter(entry -> entry.getValue() >= MIN_WORD_ROWS)
                .limit(MAX_UNKNOWN_WORDS)
                .map(entry -> "\"" + entry.getKey() + "\" in " + entry.getValue() + " rows")
                .toList();
        if (!unknown.isEmpty()) {
            questions.add(target + ": what do these words mean? " + String.join(", ", unknown) + "; add them to words."
                    + target + ", each with one of "
                    + new TreeSet<>(source.words().getOrDefault(target, Set.of())));
        }
    }

    private void addSeparator() {
        String column = mapping.column("category");
        if (column == null) {
            return;
        }
        List<String> values = sample.values(column);
        for (String separator : SEPARATORS) {
            long with =
                    values.stream().filter(value -> value.contains(separator)).count();
            boolean isUsed = with > MOST * values.size()
                    && (separator.contains(">") || values.stream().noneMatch(value -> value.contains(">")));
            if (isUsed) {
                settings.add(new Setting(
                        "category-separator",
                        ProposalText.quote(separator),
                        with + " of " + values.size() + " categories have it" + example(column)));
                return;
            }
        }
    }

    /** What events need for which the files have no column. */
    private void addEventDefaults() {
        EventDefaults events = new EventDefaults(sample, mapping);
        if (!isFound("event_type") && events.arePurchases()) {
            constants.put("event_type", "purchase");
        }
        if (!isFound("event_id") && !isEventIdGiven) {
            eventId = events.eventId(this::isFound);
        }
    }

    private boolean isFound(String target) {
        return mapping.has(target) || constants.containsKey(target) || given.containsKey(target);
    }

    private List<String> targets(List<Class<? extends DataType>> types) {
        return mapping.choices().keySet().stream()
                .filter(target -> types.stream()
                        .anyMatch(type ->
                                type.isInstance(source.table().column(target).dataType())))
                .toList();
    }

    SourceSample sample() {
        return sample;
    }

    SourceMapping mapping() {
        return mapping;
    }

    List<Setting> settings() {
        return settings;
    }

    /** Words by column: word in the files -> word here. */
    Map<String, Map<String, String>> words() {
        return words;
    }

    Map<String, String> constants() {
        return constants;
    }

    List<String> questions() {
        return questions;
    }

    /** The currency of its amounts, if they or a column show it; null if they may be of any. */
    @Nullable
    Setting currency() {
        return currency;
    }

    /** Whether this currency is not that of the configuration. */
    boolean changesCurrency() {
        return changesCurrency;
    }

    @Nullable
    Setting eventId() {
        return eventId;
    }

    /** The required columns for which there is no column, no constant and no other setting. */
    List<String> missing() {
        return source.required().stream()
                .filter(target -> !isFound(target))
                .filter(target -> !(target.equals("event_id") && (eventId != null || isEventIdGiven)))
                .toList();
    }

    /** Whether every file can be read with the settings. */
    boolean isReadable() {
        return sample.files().stream().allMatch(FileSample::isReadable);
    }
}
