package koc.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import koc.error.KocException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one section of the configuration. A value of the wrong type or out of range is an error that names its
 * key, the actual and the expected value.
 */
public final class Section {
    /** What is printed instead of a value of an environment variable. */
    static final String FROM_ENVIRONMENT = "a value from the environment";

    private final Config config;
    private final String path;

    private Section(Config config, String path) {
        this.config = config;
        this.path = path;
    }

    /** The section at this path, for example {@code koc.clean}. */
    public static Section of(Config config, String path) {
        return new Section(config, path);
    }

    public String text(String key) {
        return read(key, "a text", () -> config.getString(path + "." + key));
    }

    /** A text that must be one of these. */
    public String oneOf(String key, String... values) {
        String found = text(key);
        if (!List.of(values).contains(found)) {
            throw wrong(key, found, "one of " + List.of(values), null);
        }
        return found;
    }

    public boolean flag(String key) {
        return read(key, "true or false", () -> config.getBoolean(path + "." + key));
    }

    /** A whole number within these bounds, both included. */
    public int whole(String key, int min, int max) {
        int found = read(key, "a whole number", () -> config.getInt(path + "." + key));
        if (found < min || found > max) {
            throw wrong(key, found, "a whole number from " + min + " to " + max, null);
        }
        return found;
    }

    /** A whole number of any size, such as a seed. */
    public long wholeLong(String key) {
        return read(key, "a whole number", () -> config.getLong(path + "." + key));
    }

    /** A number within these bounds, both included. */
    public double number(String key, double min, double max) {
        double found = read(key, "a number", () -> config.getDouble(path + "." + key));
        if (!(found >= min && found <= max)) {
            throw wrong(key, found, "a number from " + min + " to " + max, null);
        }
        return found;
    }

    /** The path of this section. */
    String path() {
        return path;
    }

    /** A list of sections. */
    List<Config> sections(String key) {
        return read(key, "a list of sections", () -> List.copyOf(config.getConfigList(path + "." + key)));
    }

    public List<String> texts(String key) {
        return read(key, "a list of texts", () -> config.getStringList(path + "." + key));
    }

    /** A list of texts, each of which must be one of these. */
    List<String> someOf(String key, String... values) {
        List<String> found = texts(key);
        for (String text : found) {
            if (!List.of(values).contains(text)) {
                throw wrong(key, text, "some of " + List.of(values), null);
            }
        }
        return found;
    }

    /** A list of whole numbers of any size. */
    List<Integer> wholes(String key) {
        List<String> found = texts(key);
        try {
            return found.stream().map(Integer::valueOf).toList();
        } catch (NumberFormatException failure) {
            throw wrong(key, found, "a list of whole numbers", failure);
        }
    }

    /** A map of maps with keys that the user chooses, sorted by key. */
    Map<String, Map<String, String>> maps(String key) {
        return read(key, "a section of sections", () -> {
            Map<String, Map<String, String>> maps = new TreeMap<>();
            config.getObject(path + "." + key)
                    .keySet()
                    .forEach(name -> maps.put(name, of(config, path + "." + key).map(ConfigUtil.joinPath(name))));
            return maps;
        });
    }

    /** A map with keys that the user chooses, sorted by key. */
    public Map<String, String> map(String key) {
        return read(key, "a section of texts", () -> {
            Map<String, String> map = new TreeMap<>();
            config.getObject(path + "." + key)
                    .forEach((name, value) -> map.put(name, String.valueOf(value.unwrapped())));
            return map;
        });
    }

    /** A map whose keys are paths that the user chooses, quoted or nested, sorted by key. */
    public Map<String, String> paths(String key) {
        return read(key, "a section of texts", () -> {
            Map<String, String> paths = new TreeMap<>();
            config.getConfig(path + "." + key)
                    .entrySet()
                    .forEach(entry -> paths.put(
                            String.join(".", ConfigUtil.splitPath(entry.getKey())),
                            String.valueOf(entry.getValue().unwrapped())));
            return paths;
        });
    }

    /**
     * Whether the value of a key contains one of an environment variable. Such a value may be a secret and is never printed.
     */
    public boolean isFromEnvironment(String key) {
        return isFromEnvironment(config, path + "." + key);
    }

    /** The same for the value at any path. */
    static boolean isFromEnvironment(Config config, String path) {
        return config.hasPathOrNull(path) && !config.getIsNull(path) && isFromEnvironment(config.getValue(path));
    }

    static boolean isFromEnvironment(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return list.stream().anyMatch(Section::isFromEnvironment);
        }
        if (value instanceof ConfigObject object) {
            return object.values().stream().anyMatch(Section::isFromEnvironment);
        }
        return value.origin().description().contains("env var");
    }

    private <T> T read(String key, String expected, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ConfigException failure) {
            Object found = config.hasPathOrNull(path + "." + key) && !config.getIsNull(path + "." + key)
                    ? config.getValue(path + "." + key).unwrapped()
                    : "nothing";
            throw wrong(key, found, expected, failure);
        }
    }

    KocException wrong(String key, Object found, String expected, @Nullable Throwable cause) {
        KocException failure = KocException.usage(
                "configuration " + path + "." + key + ": found "
                        + (isFromEnvironment(config, path + "." + key) ? FROM_ENVIRONMENT : found),
                "expected " + expected,
                "correct it in the file named by --conf or in --set");
        // The message of the cause may have the value too.
        return cause == null || isFromEnvironment(config, path + "." + key) ? failure : failure.causedBy(cause);
    }
}
