package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line takes every command of the guides. WholeRunTest runs those that read the sample. */
class GuideCommandsTest {
    @Test
    void everyCommandOfTheGuidesIsOne() throws IOException {
        List<GuideCommands.Command> commands = GuideCommands.all();

        assertThat(commands).hasSizeGreaterThan(15);
        for (GuideCommands.Command command : commands) {
            assertThatCode(() -> new Koc(
                                    Jobs.all(),
                                    new PrintWriter(Writer.nullWriter()),
                                    new PrintWriter(Writer.nullWriter()),
                                    false)
                            .commands()
                            .parseArgs(command.arguments().toArray(String[]::new)))
                    .as(command.place())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSampleIsRunAsWholeRunTestRunsIt() throws IOException {
        assertThat(GuideCommands.all())
                .map(GuideCommands.Command::arguments)
                .contains(List.of(
                        "run",
                        "--landing",
                        "data-samples",
                        "--warehouse",
                        "warehouse/demo",
                        "--date",
                        WholeRunTest.DAY));
    }

    @Test
    void theGuideSubmitsTheJarAsTheReadmeDoes() throws IOException {
        String guide = Files.readString(Path.of("../docs/guide/data-engineer.md"));
        String readme = Files.readString(Path.of("../README.md"));
        String command = guide.substring(guide.indexOf("spark-submit --driver"));

        assertThat(readme.replaceAll("\\s+", " "))
                .contains(command.substring(0, command.indexOf("```")).strip().replaceAll("\\s+", " "));
    }
}
