package koc.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.error.KocException;

/**
 * Fills a record with settings by the names of its components. The component {@code holdoutDays} takes the key
 * {@code holdout-days} in the section of the record. A component that is a record takes the section of its name:
 *
 * <pre>{@code
 * @Key("koc.features")
 * record FeatureSettings(
 *         @Range(min = 1, max = 365) int holdoutDays,          // koc.features.holdout-days
 *         Tags tags,                                           // koc.features.tags
 *         @Key("koc.language") @OneOf({"en", "zh"}) String language) {
 *     record Tags(@Range(min = 1, max = 20) int categories) {} // koc.features.tags.categories
 *
 *     static FeatureSettings from(Config config) {
 *         return SettingsBinder.bind(config, FeatureSettings.class);
 *     }
 * }
 * }</pre>
 *
 * <p>A component may be:
 *
 * <ul>
 *   <li>a boolean, a number with its {@link Range} (a {@code long} needs none), or a text ({@link OneOf} lists allowed ones)
 *   <li>an enum (REFUSE is written {@code refuse}), a {@link LocalDate}, {@link ZoneId} or {@link Currency}
 *   <li>a list of texts, whole numbers or records, a map of texts or of such maps, or a record
 * </ul>
 *
 * <p>An invalid value is a usage error that names its key, the actual and the expected value. Checks of several components
 * belong in the constructor of the record.
 */
public final class SettingsBinder {
    /** Types that are parsed from a text, with a description of the expected text. */
    private static final Map<Class<?>, TextFormat> TEXT_FORMATS = Map.of(
            LocalDate.class, new TextFormat("a day, YYYY-MM-DD", LocalDate::parse),
            ZoneId.class, new TextFormat("an IANA time zone such as Asia/Shanghai", ZoneId::of),
            Currency.class, new TextFormat("an ISO 4217 code such as CNY", Currency::getInstance));

    private record TextFormat(String expected, Function<String, Object> parse) {}

    private SettingsBinder() {}

    /** Fills a record of this type from the section that its {@link Key} names. */
    public static <T extends Record> T bind(Config config, Class<T> type) {
        Key section = type.getAnnotation(Key.class);
        if (section == null) {
            throw new IllegalStateException(type.getName() + ": no @Key names its section");
        }
        return bind(config, type, section.value());
    }

    /** Fills a record of this type from this section, in place of the one that its {@link Key} names. */
    public static <T extends Record> T bind(Config config, Class<T> type, String section) {
        return type.cast(fill(config, type, section));
    }

    private static Object fill(Config config, Class<?> type, String section) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(config, component, path(section, component)))
                .toArray();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof KocException refused) {
                throw EnvironmentValues.of(config, paths(type, section)).hide(refused);
            }
            if (failure.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(failure);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Checks values of a record that was filled from this section. As when it is filled, no value of the environment is in the
     * message of a failure.
     */
    public static void check(Config config, Class<? extends Record> type, String section, Runnable check) {
        try {
            check.run();
        } catch (KocException refused) {
            throw EnvironmentValues.of(config, paths(type, section)).hide(refused);
        }
    }

    private static List<String> paths(Class<?> type, String section) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> path(section, component))
                .toList();
    }

    /** The path of the value of a component, if its record is filled from this section. */
    static String path(String section, RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            key = component.getType().getAnnotation(Key.class);
        }
        String name = key == null ? kebab(component.getName()) : key.value();
        return name.startsWith("koc.") ? name : section + "." + name;
    }

    /** For example {@code online-reached-by-2} for {@code onlineReachedBy2}. */
    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static Object value(Config config, RecordComponent component, String path) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return fill(config, type, path);
        }
        int dot = path.lastIndexOf('.');
        Section section = Section.of(config, path.substring(0, dot));
        String key = path.substring(dot + 1);
        if (type == int.class) {
            Range range = range(component);
            return section.whole(key, (int) range.min(), (int) range.max());
        } else if (type == double.class) {
            Range range = range(component);
            return section.number(key, range.min(), range.max());
        } else if (type == long.class) {
            return section.wholeLong(key);
        } else if (type == boolean.class) {
            return section.flag(key);
        } else if (type == String.class) {
            OneOf allowed = component.getAnnotation(OneOf.class);
            return allowed == null ? section.text(key) : section.oneOf(key, allowed.value());
        } else if (type.isEnum()) {
            return constant(section, key, type);
        }
        TextFormat format = TEXT_FORMATS.get(type);
        return format == null ? collection(section, key, component) : parse(section, key, format);
    }

    private static Object collection(Section section, String key, RecordComponent component) {
        Type[] parameters = component.getGenericType() instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()
                : new Type[0];
        if (component.getType() == List.class && parameters[0] == String.class) {
            OneOf allowed = component.getAnnotation(OneOf.class);
            return allowed == null ? section.texts(key) : section.someOf(key, allowed.value());
        } else if (component.getType() == List.class && parameters[0] == Integer.class) {
            return section.wholes(key);
        } else if (component.getType() == List.class
                && parameters[0] instanceof Class<?> element
                && element.isRecord()) {
            return records(section, key, element);
        } else if (component.getType() == Map.class && parameters[1] == String.class) {
            return section.map(key);
        } else if (component.getType() == Map.class) {
            return section.maps(key);
        }
        throw new IllegalStateException(component + ": no setting is read as a " + component.getGenericType());
    }

    /** The elements are called by their position: {@code rules.2.rate} is the rate of the second rule. */
    private static List<Object> records(Section section, String key, Class<?> type) {
        Set<String> names = Arrays.stream(type.getRecordComponents())
                .map(component -> kebab(component.getName()))
                .collect(Collectors.toSet());
        List<Object> records = new ArrayList<>();
        for (Config element : section.sections(key)) {
            String path = section.path() + "." + ConfigUtil.joinPath(key, String.valueOf(records.size() + 1));
            for (String name : element.root().keySet()) {
                if (!names.contains(name)) {
                    throw KocException.usage(
                            "configuration " + path + ": unknown key '" + name + "'",
                            "the keys are " + names.stream().sorted().toList(),
                            "correct the key or remove it");
                }
            }
            records.add(fill(element.atPath(path), type, path));
        }
        return List.copyOf(records);
    }

    private static Range range(RecordComponent component) {
        Range range = component.getAnnotation(Range.class);
        if (range == null) {
            throw new IllegalStateException(component.getDeclaringRecord() + ": " + component + " has no @Range");
        }
        return range;
    }

    private static Object constant(Section section, String key, Class<?> type) {
        Object[] constants = type.getEnumConstants();
        List<String> names = Arrays.stream(constants)
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return constants[names.indexOf(section.oneOf(key, names.toArray(String[]::new)))];
    }

    private static Object parse(Section section, String key, TextFormat format) {
        String text = section.text(key);
        try {
            return format.parse().apply(text);
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw section.wrong(key, text, format.expected(), wrong);
        }
    }
}
