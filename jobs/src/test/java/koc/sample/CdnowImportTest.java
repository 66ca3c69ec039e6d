package koc.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import koc.error.KocException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdnowImportTest {
    private final Importer importer = Importers.named("cdnow");

    @TempDir
    Path folder;

    @Test
    void linesOfOneDayAreOneOrderAndTheFirstIsTheRegistration() throws IOException {
        Imported imported = run("""
                00004 19970101 2 29.33
                00004 19970118 2 29.73
                00004 19970118 1 14.96
                00021 19970101 3 63.34
                """);

        assertThat(imported.rowsWritten()).containsEntry("events", 4L).containsEntry("users", 2L);
        assertThat(Files.readAllLines(folder.resolve("out/events/events-001.csv")))
                .contains(
                        "00004-1997-01-18-1,1997-01-18T12:00:00,00004,purchase,cd,00004-1997-01-18,1,29.73,,,,,",
                        "00004-1997-01-18-2,1997-01-18T12:00:00,00004,purchase,cd,00004-1997-01-18,1,14.96,,,,,");
        assertThat(Files.readString(folder.resolve("out/users/users-001.csv"))).contains("00021,,1997-01-01T00:00:00");
    }

    @Test
    void theDaysOfTheSetNeedAnEarlierEpoch() {
        assertThat(importer.settings()).containsExactly("koc.clean.epoch=1997-01-01");
        assertThat(Importers.named("online-retail").settings()).isEmpty();
    }

    @Test
    void anotherFileIsAnInputError() {
        assertThatThrownBy(() -> run("customer,day\n"))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("not a line of CDNOW");
    }

    private Imported run(String lines) throws IOException {
        Path in = folder.resolve("CDNOW_master.txt");
        Files.writeString(in, lines);
        return importer.run(in, folder.resolve("out"));
    }
}
