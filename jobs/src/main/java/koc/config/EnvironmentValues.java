package koc.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.error.KocException;

/** Values that contain one of an environment variable. They may be secrets, so no message shows them. */
final class EnvironmentValues {
    private static final Pattern KEY = Pattern.compile("(?:configuration )?(koc(?:\\.[\\w-]+)+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+(?:[eE][-+]?\\d{1,4})?");
    private static final String LETTER_OR_DIGIT = "[\\p{L}\\p{N}]";

    private final Config config;
    private final List<Pattern> texts = new ArrayList<>();
    private final List<BigDecimal> numbers = new ArrayList<>();

    private EnvironmentValues(Config config) {
        this.config = config;
    }

    /** Those at these paths, and in the sections and lists there. */
    static EnvironmentValues of(Config config, Collection<String> paths) {
        EnvironmentValues values = new EnvironmentValues(config);
        for (String path : paths) {
            if (Section.isFromEnvironment(config, path)) {
                values.add(config.getValue(path));
            }
        }
        return values;
    }

    private void add(ConfigValue value) {
        if (value instanceof ConfigList list) {
            list.forEach(this::add);
        } else if (value instanceof ConfigObject object) {
            object.values().forEach(this::add);
        } else if (value.unwrapped() != null && Section.isFromEnvironment(value)) {
            String text = String.valueOf(value.unwrapped()).strip();
            if (NUMBER.matcher(text).matches()) {
                // A setting of .5 may be in a message as 0.5 or 5.0E-1.
                numbers.add(new BigDecimal(text));
            } else if (!text.isEmpty()) {
                // The value "en" is not in the word "gender".
                texts.add(Pattern.compile(
                        "(?<!" + LETTER_OR_DIGIT + ")" + Pattern.quote(text) + "(?!" + LETTER_OR_DIGIT + ")"));
            }
        }
    }

    /** The same failure without these values. The key stays, and so do all words if none of the values is among them. */
    KocException hide(KocException refused) {
        if (texts.isEmpty() && numbers.isEmpty()) {
            return refused;
        }
        return refused.reworded(
                this::hideFound, cause -> isIn(cause) ? "expected what conf/reference.conf says" : cause);
    }

    /** A problem names the key and what was found there. */
    private String hideFound(String problem) {
        Matcher key = KEY.matcher(problem);
        boolean hasKey = key.lookingAt();
        boolean isOther = hasKey && config.hasPath(key.group(1)) && !Section.isFromEnvironment(config, key.group(1));
        if (isOther || !isIn(problem.substring(hasKey ? key.end() : 0))) {
            return problem;
        }
        return (hasKey ? key.group() : "configuration") + ": found " + Section.FROM_ENVIRONMENT;
    }

    private boolean isIn(String words) {
        return texts.stream().anyMatch(text -> text.matcher(words).find())
                || NUMBER.matcher(words)
                        .results()
                        .map(found -> new BigDecimal(found.group()))
                        .anyMatch(found -> numbers.stream().anyMatch(number -> number.compareTo(found) == 0));
    }
}
