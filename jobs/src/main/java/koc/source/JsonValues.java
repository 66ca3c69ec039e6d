package koc.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects as rows of texts. Numbers keep the digits of the file; arrays and objects are their JSON text. */
final class JsonValues {
    private static final JsonFactory JSON = new JsonFactory();

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
            boolean[] isExact = new boolean[columns];
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                Integer exact = names.exact(name);
                Integer column = exact == null ? names.ignoringCase(name) : exact;
                if (column != null && (exact != null || !isExact[column])) {
                    values[column] = value(parser);
                    isExact[column] = exact != null;
                } else {
                    parser.skipChildren();
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? values : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static @Nullable UTF8String value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            String text = parser.getText();
            if (text.indexOf('\0') >= 0) {
                throw new JsonParseException(parser, "a text with the character NUL");
            }
            return UTF8String.fromString(text);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return UTF8String.fromString(text.toString());
    }
}
