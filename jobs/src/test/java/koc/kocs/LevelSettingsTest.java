package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import koc.kocs.KocRankingSettings.Budget;
import koc.kocs.KocRankingSettings.Readiness;
import koc.kocs.KocRankingSettings.Stage;
import koc.kocs.KocRankingSettings.Weights;
import koc.kocs.LevelSettings.Recruitment;
import koc.kocs.LevelSettings.Threshold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelSettingsTest {
    private static final LevelSettings DEFAULT_LEVELS = new LevelSettings(
            "2024-1",
            90,
            0.8,
            30,
            14,
            90,
            180,
            new Recruitment(1, 0, 0, 0),
            new Recruitment(10, 1, 3, 0),
            new Recruitment(10, 2, 5, 30),
            List.of(
                    new Threshold(500, 1, 8, 0),
                    new Threshold(2000, 2, 15, 1),
                    new Threshold(8000, 5, 25, 2),
                    new Threshold(30000, 15, 30, 3)));

    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(KocRankingSettings.from(config()))
                .isEqualTo(new KocRankingSettings(
                        10,
                        new Weights(.4, .15, .15, .1, .1, .1, .1),
                        150,
                        3,
                        90,
                        5,
                        10,
                        2,
                        .3,
                        new Budget(2, 1.5),
                        new Readiness(2, 4, .1),
                        new Stage(200, 1000, .02),
                        DEFAULT_LEVELS,
                        "CNY",
                        "en"));
    }

    @Test
    void everyKeyOfTheLevelsIsRead() {
        String levels = "koc.influence.levels.";
        Config config = config(
                "koc.recommend.min-pool=1",
                levels + "version=x",
                levels + "window-days=30",
                levels + "keep-share=.5",
                levels + "assessment-days=1",
                levels + "grace-days=2",
                levels + "trial-days=3",
                levels + "readmit-days=4",
                levels + "recruitment.staff { pool = 5, orders = 6, active-days = 7, tenure-days = 8 }",
                levels + "recruitment.user { pool = 9, orders = 10, active-days = 11, tenure-days = 12 }",
                levels + "recruitment.external { pool = 13, orders = 14, active-days = 15, tenure-days = 16 }",
                levels + "bronze { net-sales = 1, new-customers = 2, active-days = 3, courses = 4 }",
                levels + "silver { net-sales = 5, new-customers = 6, active-days = 7, courses = 8 }",
                levels + "gold { net-sales = 9, new-customers = 10, active-days = 11, courses = 12 }",
                levels + "partner { net-sales = 13, new-customers = 14, active-days = 15, courses = 16 }");

        assertThat(LevelSettings.from(config))
                .isEqualTo(new LevelSettings(
                        "x",
                        30,
                        .5,
                        1,
                        2,
                        3,
                        4,
                        new Recruitment(5, 6, 7, 8),
                        new Recruitment(9, 10, 11, 12),
                        new Recruitment(13, 14, 15, 16),
                        List.of(
                                new Threshold(1, 2, 3, 4),
                                new Threshold(5, 6, 7, 8),
                                new Threshold(9, 10, 11, 12),
                                new Threshold(13, 14, 15, 16))));
    }

    @Test
    void nobodyBeginsBelowThePoolThatMakesAKoc() {
        LevelSettings levels = LevelSettings.from(config(
                "koc.recommend.min-pool=20",
                "koc.influence.levels.recruitment.staff.pool=0",
                "koc.influence.levels.recruitment.user.pool=0",
                "koc.influence.levels.recruitment.external.pool=0"));

        assertThat(levels.staff().pool()).isEqualTo(1);
        assertThat(levels.user().pool()).isEqualTo(20);
        assertThat(levels.external().pool()).isEqualTo(20);
    }

    @Test
    void everyKeyOfTheScoreIsRead() {
        Config config = config(
                "koc.recommend.min-pool=1",
                "koc.influence.score.weights { influence = 1, reach = 2, own-use = 3, content = 4, persona = 5,"
                        + " restraint = 6, satisfaction = 7 }",
                "koc.influence.score.full-strong-ties=8",
                "koc.influence.score.loyal-days=9",
                "koc.influence.score.recency-half-life-days=10",
                "koc.influence.score.least-shares=11",
                "koc.influence.score.evidence-shrinkage=12",
                "koc.influence.score.answer-days=21",
                "koc.influence.score.flight-risk-told=.13",
                "koc.influence.score.posting-budget { later-days = 13, worst-ratio = 14 }",
                "koc.influence.readiness { least-purchase-days = 15, least-rating = 1.6, most-complaints = 17 }",
                "koc.influence.stage { rising-reach = 18, kol-reach = 19, least-conversion = .2 }",
                "koc.currency=EUR",
                "koc.language=zh");

        assertThat(KocRankingSettings.from(config))
                .isEqualTo(new KocRankingSettings(
                        1,
                        new Weights(1, 2, 3, 4, 5, 6, 7),
                        8,
                        9,
                        10,
                        11,
                        12,
                        21,
                        .13,
                        new Budget(13, 14),
                        new Readiness(15, 1.6, 17),
                        new Stage(18, 19, .2),
                        DEFAULT_LEVELS,
                        "EUR",
                        "zh"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            koc.influence.levels.window-days=60         | koc.influence.levels.window-days: found 60; expected 30 or 90
            koc.influence.levels.keep-share=2           | koc.influence.levels.keep-share: found 2.0; expected a number from 0.0 to 1.0
            koc.influence.levels.gold.net-sales=1999    | koc.influence.levels.gold.net-sales: found 1999; expected at least 2000, as silver has
            koc.influence.levels.partner.courses=1      | koc.influence.levels.partner.courses: found 1; expected at least 2, as gold has
            koc.influence.levels.version=" "            | koc.influence.levels.version: found ' '
            koc.influence.stage.kol-reach=100           | koc.influence.stage.kol-reach: found 100; expected at least rising-reach, 200""")
    void aWrongValueIsNamedWithItsKey(String setting, String message) {
        assertThatThrownBy(() -> KocRankingSettings.from(config(setting)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining(message);
    }

    @Test
    void weightsThatAreAllZeroAreRefused() {
        String weights =
                "koc.influence.score.weights { influence = 0, reach = 0, own-use = 0, content = 0, persona = 0,"
                        + " restraint = 0, satisfaction = 0 }";

        assertThatThrownBy(() -> KocRankingSettings.from(config(weights)))
                .hasMessageContaining("koc.influence.score.weights: all are 0");
    }

    private static Config config(String... settings) {
        // A section in one setting: the command line takes key=value, a list of them reads better here.
        return Configuration.load(
                null,
                Arrays.stream(settings)
                        .map(setting -> setting.contains(" {") ? setting.replaceFirst(" \\{", "={") : setting)
                        .toList());
    }
}
