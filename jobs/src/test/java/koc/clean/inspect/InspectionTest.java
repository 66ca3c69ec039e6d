package koc.clean.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.config.Configuration;
import koc.source.LandingFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configuration that is proposed for files of other systems. */
class InspectionTest {
    private static final Pattern RATE = Pattern.compile("(\\w+): .*\\((\\d+\\.\\d)%\\) are read.*");
    private static final Config DEFAULTS = Configuration.load(null, List.of());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(StrangerExport.class)
    void theExportsOfOtherSystemsAreReadWithTheProposal(StrangerExport export) throws java.io.IOException {
        LandingFolder landing = new LandingFolder(folder);
        export.write(landing);

        Inspection inspection = inspect();
        java.nio.file.Files.writeString(Path.of("/tmp/insp/" + export + ".txt"), inspection.configuration() + String.join("\n", inspection.report()));

        assertThat(inspection.isComplete()).as(inspection.report().toString()).isTrue();
        for (String line : inspection.report()) {
            Matcher rate = RATE.matcher(line);
            if (rate.matches()) {
                assertThat(Double.parseDouble(rate.group(2))).as(line).isGreaterThanOrEqualTo(99);
            }
        }
    }

    private Inspection inspect() {
        return Inspection.inspect(folder.toString(), new org.apache.hadoop.conf.Configuration(), DEFAULTS);
    }
}
