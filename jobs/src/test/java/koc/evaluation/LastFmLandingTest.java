package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import koc.source.LandingFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of three users and two artists. */
class LastFmLandingTest {
    @TempDir
    Path folder;

    private Path landing = Path.of("");

    @BeforeEach
    void write() {
        Path source = folder.resolve("lastfm");
        new LandingFolder(source)
                .file("user_artists.dat", """
                        userID\tartistID\tweight
                        2\t51\t13883
                        10\t51\t20
                        10\t7\t3
                        9\t7\t1
                        """)
                .file("user_friends.dat", """
                        userID\tfriendID
                        2\t10
                        10\t2
                        9\t9
                        2\t999
                        """)
                .file("artists.dat", """
                        id\tname\turl\tpictureURL
                        7\tEarth, Wind & "Fire"\tu\tp
                        51\tDuran Duran\tu\tp
                        """)
                .file("tags.dat", """
                        tagID\ttagValue
                        1\tpop
                        2\tnew wave
                        3\tsoul
                        """)
                .file("user_taggedartists.dat.gz", """
                        userID\tartistID\ttagID\tday\tmonth\tyear
                        2\t51\t1\t1\t4\t2009
                        10\t51\t2\t1\t4\t2009
                        2\t51\t2\t1\t4\t2009
                        9\t51\t1\t1\t4\t2009
                        """);
        landing = folder.resolve("landing");
        LastFmLanding.write(source, landing);
    }

    @Test
    void aListenedArtistIsAPurchaseAtATimeThatItsDigestSays() throws IOException {
        assertThat(lines("events"))
                .containsExactly(
                        "event_id,occurred_at,user_id,event_type,product_id,order_id,quantity,unit_price",
                        "2-51,2010-07-10T08:22:04,2,purchase,51,o2-51,1,1.00",
                        "10-51,2010-03-31T18:19:28,10,purchase,51,o10-51,1,1.00",
                        "10-7,2010-03-12T08:01:53,10,purchase,7,o10-7,1,1.00",
                        "9-7,2010-04-26T09:19:55,9,purchase,7,o9-7,1,1.00");
    }

    @Test
    void aFifthOfThePurchasesComesAfterTheCutoffAndNoneLaterThanTheHorizon() {
        LocalDateTime cutoff = LastFmLanding.CUTOFF.plusDays(1).atStartOfDay();
        int later = 0;
        for (int artist = 0; artist < 1_000; artist++) {
            LocalDateTime at = LastFmLanding.purchasedAt("2", String.valueOf(artist));
            assertThat(at).isBetween(cutoff.minusDays(180), cutoff.plusDays(LastFmLanding.HORIZON_DAYS));
            later += at.isBefore(cutoff) ? 0 : 1;
        }

        assertThat(later).isBetween(160, 240);
    }

    @Test
    void usersAndProductsAreThoseOfPurchasesInTheOrderOfTheirNumbers() throws IOException {
        assertThat(lines("users"))
                .containsExactly(
                        "user_id,registered_at",
                        "2,2009-12-01T00:00:00",
                        "9,2009-12-01T00:00:00",
                        "10,2009-12-01T00:00:00");
        // Two users each gave 51 the tags pop and new wave: the first by name counts.
        assertThat(lines("products"))
                .containsExactly(
                        "product_id,title,category,brand,price",
                        "7,\"Earth, Wind & \"\"Fire\"\"\",,\"Earth, Wind & \"\"Fire\"\"\",1.00",
                        "51,Duran Duran,new wave,Duran Duran,1.00");
    }

    @Test
    void friendsAreTiesInBothDirectionsOnce() throws IOException {
        assertThat(lines("ties"))
                .containsExactly("koc_id,user_id,tie_type,since", "10,2,friend,2009-12-01", "2,10,friend,2009-12-01");
    }

    @Test
    void aMissingFileIsNamedWithThePlaceWhereTheDataSetIs() {
        assertThatThrownBy(() -> LastFmLanding.write(folder.resolve("nothing"), folder.resolve("other")))
                .hasMessageContaining("user_artists.dat is missing")
                .hasMessageContaining("grouplens.org");
    }

    private List<String> lines(String source) throws IOException {
        return Files.readAllLines(landing.resolve(source).resolve(source + ".csv"));
    }
}
