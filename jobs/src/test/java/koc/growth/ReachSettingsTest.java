package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class ReachSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(ReachSettings.from(config()))
                .isEqualTo(new ReachSettings(
                        new ReachSettings.County(100, .5, .3, 10, 200, 20_000, .5),
                        new ReachSettings.Funnel(90, 14, 30, 30),
                        new ReachSettings.Leads(
                                20, List.of("pre_sale", "after_sale", "similar_group", "coupon", "order"), 30, .15, .3),
                        new ReachSettings.Groups(30, .1, .1),
                        new ReachSettings.Mentors(5, List.of("recruit", "trainee", "bronze"), 1.1, 3, 10),
                        new ReachSettings.Content(20, 28, 10, 3, 5),
                        2,
                        20240229,
                        "en",
                        "CNY"));
    }

    @Test
    void everyKeyIsRead() {
        Config config = config(
                "koc.reach.county.target=1",
                "koc.reach.county.online-kocs=0.2",
                "koc.reach.county.online-reached-by-2=0.25",
                "koc.reach.county.next=4",
                "koc.reach.county.candidates=5",
                "koc.reach.county.users=600",
                "koc.reach.county.second-weight=0.7",
                "koc.reach.funnel.window-days=88",
                "koc.reach.funnel.activation-days=9",
                "koc.reach.funnel.conversion-days=10",
                "koc.reach.funnel.repeat-days=11",
                "koc.reach.leads.per-koc=12",
                "koc.reach.leads.scenes=[order]",
                "koc.reach.leads.recent-days=13",
                "koc.reach.leads.least-discount=0.14",
                "koc.reach.leads.least-category-share=0.16",
                "koc.reach.groups.window-days=17",
                "koc.reach.groups.quiet-share=0.18",
                "koc.reach.groups.loss-share=0.19",
                "koc.reach.mentors.mentees=21",
                "koc.reach.mentors.mentee-levels=[recruit]",
                "koc.reach.mentors.least-lift=2.2",
                "koc.reach.mentors.least-purchases=23",
                "koc.reach.mentors.shrinkage=24",
                "koc.reach.content.top=26",
                "koc.reach.content.window-days=27",
                "koc.reach.content.purchase-weight=29",
                "koc.reach.content.usual-shrinkage=31",
                "koc.reach.content.lift-shrinkage=32",
                "koc.features.category-depth=3",
                "koc.seed=33",
                "koc.language=zh",
                "koc.currency=EUR");

        assertThat(ReachSettings.from(config))
                .isEqualTo(new ReachSettings(
                        new ReachSettings.County(1, .2, .25, 4, 5, 600, .7),
                        new ReachSettings.Funnel(88, 9, 10, 11),
                        new ReachSettings.Leads(12, List.of("order"), 13, .14, .16),
                        new ReachSettings.Groups(17, .18, .19),
                        new ReachSettings.Mentors(21, List.of("recruit"), 2.2, 23, 24),
                        new ReachSettings.Content(26, 27, 29, 31, 32),
                        3,
                        33,
                        "zh",
                        "EUR"));
    }

    @Test
    void aValueOutOfRangeNamesItsKey() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.county.target=0")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.county.target: found 0; expected a whole number from 1 to 100000");
    }

    @Test
    void anUnknownSceneIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.leads.scenes=[presale]")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.leads.scenes: found presale")
                .hasMessageContaining("pre_sale");
    }

    @Test
    void groupsCannotLookFurtherBackThanTheFunnel() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.groups.window-days=91")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.groups.window-days: found 91");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
