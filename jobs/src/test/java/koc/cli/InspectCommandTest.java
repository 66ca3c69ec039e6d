package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import koc.source.LandingFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code inspect}: where its output goes, and its exit status. */
class InspectCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theConfigurationGoesToTheFileAndTheReportToStandardError() {
        landWithUsers("member_no", "a1", "b2", "c3");
        Path file = folder.resolve("my.conf");

        int exitCode = inspect("--out", file.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(file).content().contains("user_id = \"member_no\"", "user_id = \"uid\"");
        assertThat(err.toString())
                .contains("users: 3 of 3 sampled rows (100.0%) are read")
                .contains("bin/koc run --conf " + file);
        assertThat(inspect("--out", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("the file exists");
    }

    @Test
    void theFolderOfTheFileMustExist() {
        landWithUsers("member_no", "a1", "b2", "c3");
        Path file = folder.resolve("missing/dir/my.conf");

        assertThat(inspect("--out", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("--out " + file + ": no such folder")
                .doesNotContain("sampled rows");
    }

    @Test
    void aRequiredColumnThatIsNotFoundIsExitStatus3() {
        landWithUsers("shoe_size", "41", "42", "43");

        assertThat(inspect()).isEqualTo(3);
        assertThat(out.toString()).contains("? not found, but required: user_id");
        assertThat(err.toString()).contains("users: not found, but required: user_id");
    }

    private void landWithUsers(String name, String... ids) {
        new LandingFolder(folder.resolve("landing"))
                .file("users/u.csv", name + ",city\n" + String.join(",Xian\n", ids) + ",Lhasa\n")
                .file("products/p.csv", "sku,name\np1,tea\np2,cup\n")
                .file("events/e.csv", "id,ts,uid,action,sku\n1,2026-01-02,a1,view,p1\n2,2026-01-03,b2,view,p2\n");
    }

    private int inspect(String... more) {
        String[] arguments = new String[3 + more.length];
        System.arraycopy(
                new String[] {"inspect", "--landing", folder.resolve("landing").toString()}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
    }
}
