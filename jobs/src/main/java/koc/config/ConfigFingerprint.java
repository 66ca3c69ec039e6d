package koc.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A canonical text of some configuration keys. Models store it as the record of their settings.
 *
 * <p>Equal values give equal text. The order and nesting of keys, comments, the source of a value and the notation of a number
 * make no difference. Names of classes and fields do not occur in it.
 *
 * <p>Example: {@code koc { seed = 7, influence.tie { days = 30.0 } }} gives
 * <code>{"koc.influence.tie.days":30,"koc.seed":7}</code>.
 */
public final class ConfigFingerprint {
    /** Length of the hash in bytes. */
    private static final int HASH_BYTES = 6;

    private ConfigFingerprint() {}

    /**
     * Renders the values of these keys as one JSON object with full key names, sorted by name.
     *
     * @param config a resolved configuration
     * @param paths keys or sections; a section includes all keys in it that have a value
     */
    public static String render(Config config, String... paths) {
        SortedMap<String, Object> values = new TreeMap<>();
        for (String path : paths) {
            addValues(path, config.getValue(path).unwrapped(), values);
        }
        return json(values);
    }

    /** The first 12 hexadecimal digits of the SHA-256 of the text of {@link #render}. */
    public static String hash(Config config, String... paths) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(render(config, paths).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sections are flattened, because {@code "a.b" = 1} and {@code a { b = 1 }} set the same key of an open section. */
    private static void addValues(String path, @Nullable Object value, SortedMap<String, Object> values) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((key, inner) -> addValues(path + "." + key, inner, values));
        } else if (value != null) {
            values.put(path, value);
        }
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> ConfigUtil.quoteString(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigFingerprint::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof String text) {
            return ConfigUtil.quoteString(text);
        }
        return String.valueOf(value);
    }
}
