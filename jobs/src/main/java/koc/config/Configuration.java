package koc.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import koc.error.KocException;
import org.jspecify.annotations.Nullable;

/** Loads the layers of the configuration and rejects unknown keys before any job runs. */
public final class Configuration {
    /** Sections whose keys the user chooses: names of columns, of Spark settings, of portraits. */
    private static final Set<String> OPEN_SECTIONS = Set.of(
            "koc.spark",
            "koc.source.columns",
            "koc.source.constants",
            "koc.source.paths",
            "koc.source.format.default.words",
            "koc.portraits.names");

    /** A source's own section of formats, whose keys are those of the default section. */
    private static final Pattern FORMAT_OF_SOURCE = Pattern.compile("(koc\\.source\\.format\\.)[^.]+(?=\\.)");

    private Configuration() {}

    /**
     * Loads the configuration: single settings replace those of the file, which replace those of the reference.
     *
     * @param file a HOCON file, or null for none
     * @param settings {@code key=value}, later ones win
     */
    public static Config load(@Nullable File file, List<String> settings) {
        Config reference = reference();
        Config layered = reference;
        if (file != null) {
            layered = requireKnownKeys(reference, parse("--conf", file), file.toString())
                    .withFallback(layered);
        }
        for (String setting : settings) {
            layered = requireKnownKeys(reference, parse(setting), "--set " + setting.substring(0, setting.indexOf('=')))
                    .withFallback(layered);
        }
        try {
            return layered.resolve();
        } catch (ConfigException.UnresolvedSubstitution failure) {
            throw KocException.usage(
                    "configuration: " + failure.getMessage(),
                    "a substitution has no value",
                    "set what it refers to, in the file or in the environment");
        } catch (ConfigException failure) {
            // Without its message, which may contain a value of the environment.
            throw KocException.usage(
                    "configuration: a substitution cannot be made"
                            + (failure.origin() == null
                                    ? ""
                                    : " at " + failure.origin().description()),
                    "a value has another type than its neighbours",
                    "join texts with texts, lists with lists and sections with sections");
        }
    }

    /**
     * Returns the settings with the values of a file in place of their own.
     *
     * @param option the option that names the file, for messages
     * @param section the only section that the file may set
     */
    public static Config over(Config settings, String option, File file, String section) {
        Config layer = requireKnownKeys(reference(), parse(option, file), file.toString());
        Set<String> others = new TreeSet<>();
        layer.withoutPath(section).entrySet().forEach(entry -> others.add(entry.getKey()));
        if (!others.isEmpty()) {
            throw KocException.usage(
                    option + " " + file + ": " + String.join(", ", others),
                    "only keys of " + section + " have an effect there",
                    "remove the others, or give them with --conf");
        }
        return layer.withFallback(settings).resolve();
    }

    /**
     * Returns the settings with the values of a text in place of their own. Unknown keys are errors.
     *
     * @param origin where the text is from, for messages
     */
    public static Config overText(Config settings, String origin, String text) {
        Config layer =
                ConfigFactory.parseString(text, ConfigParseOptions.defaults().setIncluder(new LocalIncluder()));
        return requireKnownKeys(reference(), layer, origin)
                .withFallback(settings)
                .resolve();
    }

    /** The defaults of conf/reference.conf. */
    public static Config reference() {
        return ConfigFactory.parseResources(Configuration.class.getClassLoader(), "koc/reference.conf");
    }

    /** Every key of the reference configuration, in order. */
    public static Set<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        reference().entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    private static Config parse(String option, File file) {
        if (!file.isFile()) {
            throw KocException.usage(
                    option + " " + file + ": no such file", "expected a HOCON file", "name one that exists");
        }
        try {
            return ConfigFactory.parseFile(
                    file, ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new LocalIncluder()));
        } catch (ConfigException failure) {
            throw KocException.usage(
                    option + " " + file + ": " + failure.getMessage(),
                    "expected HOCON, as in conf/reference.conf",
                    "correct this line");
        }
    }

    private static Config parse(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw KocException.usage(
                    "--set without a key or without =",
                    "expected key=value",
                    "write for example --set koc.currency=EUR");
        }
        String key = setting.substring(0, equals);
        String value = setting.substring(equals + 1);
        try {
            return ConfigFactory.parseString(
                    key + " = " + (value.isEmpty() ? "\"\"" : value),
                    ConfigParseOptions.defaults().setIncluder(new LocalIncluder()));
        } catch (ConfigException notHocon) {
            return ConfigFactory.parseMap(Map.of(key, value));
        }
    }

    private static Config requireKnownKeys(Config reference, Config layer, String where) {
        List<String> problems = new ArrayList<>();
        findUnknownKeys(reference, layer.root(), "", problems);
        if (!problems.isEmpty()) {
            throw KocException.usage(
                    where + ": " + String.join(", ", problems),
                    "conf/reference.conf lists every key",
                    "correct the key or remove it");
        }
        return layer;
    }

    private static void findUnknownKeys(Config reference, ConfigObject layer, String prefix, List<String> problems) {
        for (Map.Entry<String, ConfigValue> entry : layer.entrySet()) {
            String key = declaredKey(prefix + entry.getKey());
            if (OPEN_SECTIONS.contains(key)) {
                continue;
            }
            if (!hasPath(reference, key)) {
                problems.add("unknown key '" + key + "'" + suggestion(key));
            } else if (entry.getValue() instanceof ConfigObject nested
                    && reference.getValue(key) instanceof ConfigObject) {
                findUnknownKeys(reference, nested, key + ".", problems);
            } else if (reference.getValue(key) instanceof ConfigObject) {
                problems.add("'" + key + "' is a section, not a value");
            }
        }
    }

    /** The key of the reference configuration that describes a key: {@code format.default.dates} for {@code format.users.dates}. */
    private static String declaredKey(String key) {
        return FORMAT_OF_SOURCE.matcher(key).replaceFirst("$1default");
    }

    private static boolean hasPath(Config reference, String key) {
        try {
            return reference.hasPathOrNull(key);
        } catch (ConfigException.BadPath odd) {
            return false;
        }
    }

    private static String suggestion(String key) {
        return keys().stream()
                .min(Comparator.comparingInt((String candidate) -> distance(candidate, key))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(candidate, key) <= Math.max(3, key.length() / 4))
                .map(candidate -> " (did you mean '" + candidate + "'?)")
                .orElse("");
    }

    /** The Levenshtein distance: how many letters must change, appear or disappear. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
