package koc.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects as rows of texts. Numbers keep the digits of the file, and those that are infinite or not a number are no
 * values; arrays and objects are their JSON text.
 */
final class JsonValues {
    /** Reads NaN and Infinity too, which JSON does not have, but which programs in Python write. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final JsonFactory JSON = MAPPER.getFactory();

    private final TextLayout.JsonNames names;
    private final int columns;

    JsonValues(TextLayout layout) {
        this.names = layout.jsonNames();
        this.columns = layout.columns();
    }

    /**
     * The values of the object, which must be all that this part of the text has, in the order of {@link TextLayout#columns};
     * null when it is something else.
     */
    @Nullable
    UTF8String @Nullable [] read(byte[] text, int begin, int end) {
        try (JsonParser parser = JSON.createParser(text, begin, end - begin)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            @Nullable UTF8String[] values = new UTF8String[columns];
            readFields(parser, "", values, new boolean[columns]);
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? values : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    /** Reads the fields of the object that begins here. {@code prefix} leads to it: {@code user.} for the object of a user. */
    private void readFields(JsonParser parser, String prefix, @Nullable UTF8String[] values, boolean[] isExact)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + SurroundingMarks.strip(parser.currentName());
            JsonToken token = parser.nextToken();
            Integer exact = names.exact(name);
            Integer column = exact == null ? names.ignoringCase(name) : exact;
            if (column != null && (exact != null || !isExact[column])) {
                UTF8String value = value(parser);
                // A name without a value does not hide the value of the same name in another case.
                if (value != null) {
                    boolean isOfEqualName = isExact[column] == (exact != null);
                    values[column] = isOfEqualName ? only(parser, values[column], value) : value;
                    isExact[column] = exact != null;
                }
            } else if (token == JsonToken.START_OBJECT && names.hasColumnsIn(name)) {
                readFields(parser, name + ".", values, isExact);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** The value of a name. Only the source knows which one of two different values is meant. */
    private static UTF8String only(JsonParser parser, @Nullable UTF8String earlier, UTF8String value)
            throws JsonParseException {
        if (earlier != null && !earlier.equals(value)) {
            throw new JsonParseException(parser, "two values of one name");
        }
        return value;
    }

    private static @Nullable UTF8String value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            if (token == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN()) {
                return null;
            }
            String text = parser.getText();
            return utf8(parser, text);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return utf8(parser, text.toString());
    }

    /** A text in UTF-8, which has no half of a surrogate pair: it would become a question mark, and two ids one. */
    private static UTF8String utf8(JsonParser parser, String text) throws JsonParseException {
        if (text.indexOf('\0') >= 0) {
            throw new JsonParseException(parser, "a text with the character NUL");
        }
        if (hasHalfPair(text)) {
            throw new JsonParseException(parser, "a text with half of a surrogate pair");
        }
        return UTF8String.fromString(text);
    }

    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
