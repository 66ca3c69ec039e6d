package koc.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCounterTest {
    private static final String[] PARTS = {
        "id,x", "1,2", ",", "\"", "\n", "\r\n", "\r", " ", "{\"a\":1}", "\\", "[", "　", "中"
    };

    @ParameterizedTest
    @CsvSource({"CSV, false", "CSV, true", "JSON_LINES, false", "JSON_LINES, true"})
    void blocksOfBytesAreCountedAsSingleCharactersAre(Format format, boolean isMultiLine) {
        SourceFormat source = SourceFormat.of(
                ConfigFactory.parseString("koc.source.multi-line = " + isMultiLine)
                        .withFallback(ConfigFactory.parseResources("koc/reference.conf"))
                        .resolve(),
                "users");
        Random random = new Random(7);
        for (int sample = 0; sample < 500; sample++) {
            StringBuilder text = new StringBuilder("id,x\n");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            RecordCounter single = new RecordCounter(format, source, StandardCharsets.UTF_8);
            for (byte one : bytes) {
                single.take(one);
            }
            RecordCounter blocks = new RecordCounter(format, source, StandardCharsets.UTF_8);
            for (int start = 0; start < bytes.length; start += 3) {
                byte[] block = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + 3));
                blocks.take(block, block.length);
            }

            assertThat(blocks.end()).as(text.toString()).isEqualTo(single.end());
        }
    }
}
