package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import koc.recommend.RecommendSettings.ItemModelSettings;
import koc.recommend.RecommendSettings.LearningSettings;
import koc.recommend.RecommendSettings.NewProductSettings;
import koc.recommend.RerankSettings.Step;
import org.junit.jupiter.api.Test;

class RecommendSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(RecommendSettings.from(config()))
                .isEqualTo(new RecommendSettings(
                        10,
                        28,
                        20,
                        500,
                        150,
                        0.8,
                        0.25,
                        10,
                        10,
                        0.25,
                        0.05,
                        0.25,
                        0.1,
                        0.05,
                        4.0,
                        new ItemModelSettings(2_000, 200, 100, 0, 3),
                        new LearningSettings(500, 200, 20),
                        new NewProductSettings(60, 2, 14, 2),
                        new RerankSettings(
                                new Step(true, 0.1),
                                new Step(true, 0.2),
                                new Step(true, 0.8),
                                3,
                                new Step(true, 0.1),
                                0.1,
                                0.1,
                                true,
                                true,
                                3),
                        false,
                        20,
                        0.2,
                        2,
                        20240229,
                        "CNY",
                        "en"));
    }

    @Test
    void everyKeyIsRead() {
        Config config = config(
                "koc.recommend.min-pool=1",
                "koc.recommend.horizon-days=2",
                "koc.recommend.top=3",
                "koc.recommend.candidates-per-portrait=4",
                "koc.recommend.shortlist=5",
                "koc.recommend.repurchase-share=0.6",
                "koc.recommend.repurchase-half-life=0.35",
                "koc.recommend.appetite-shrinkage=11",
                "koc.recommend.taste-steadiness=27",
                "koc.recommend.weight.need=0.45",
                "koc.recommend.weight.margin=0.7",
                "koc.recommend.weight.trust=0.8",
                "koc.recommend.weight.generality=0.9",
                "koc.recommend.weight.own-use=0.3",
                "koc.recommend.factor-bound=10",
                "koc.recommend.item-model.head=12",
                "koc.recommend.item-model.history=13",
                "koc.recommend.item-model.regularisation=14",
                "koc.recommend.item-model.tail.neighbours=25",
                "koc.recommend.item-model.tail.least-users=26",
                "koc.recommend.learning.kocs=15",
                "koc.recommend.learning.least-bought=16",
                "koc.recommend.learning.prior-buyers=17",
                "koc.recommend.new-products.days=20",
                "koc.recommend.new-products.evidence=21",
                "koc.recommend.new-products.seeding-days=22",
                "koc.recommend.new-products.seeding-uses=23",
                "koc.recommend.new-products.most=24",
                "koc.recommend.rerank.mix.on=false",
                "koc.recommend.rerank.mix.weight=0.4",
                "koc.recommend.rerank.floor.on=false",
                "koc.recommend.rerank.floor.share=0.5",
                "koc.recommend.rerank.category-cap.on=false",
                "koc.recommend.rerank.category-cap.share=0.6",
                "koc.recommend.rerank.campaigns.on=false",
                "koc.recommend.rerank.coordination.on=false",
                "koc.recommend.rerank.coordination.weight=0.15",
                "koc.recommend.rerank.coordination.level=0.25",
                "koc.recommend.rerank.coordination.overlap=0.3",
                "koc.recommend.rerank.depth=7",
                "koc.recommend.challengers=true",
                "koc.fit.rate-shrinkage=18",
                "koc.features.interest-weight=0.55",
                "koc.features.category-depth=3",
                "koc.seed=19",
                "koc.currency=EUR",
                "koc.language=zh");

        assertThat(RecommendSettings.from(config))
                .isEqualTo(new RecommendSettings(
                        1,
                        2,
                        3,
                        4,
                        5,
                        0.6,
                        0.35,
                        11,
                        27,
                        0.45,
                        0.7,
                        0.8,
                        0.9,
                        0.3,
                        10,
                        new ItemModelSettings(12, 13, 14, 25, 26),
                        new LearningSettings(15, 16, 17),
                        new NewProductSettings(20, 21, 22, 23),
                        new RerankSettings(
                                new Step(false, 0.4),
                                new Step(false, 0.5),
                                new Step(false, 0.6),
                                24,
                                new Step(false, 0.15),
                                0.25,
                                0.3,
                                true,
                                false,
                                7),
                        true,
                        18,
                        0.55,
                        3,
                        19,
                        "EUR",
                        "zh"));
    }

    @Test
    void aValueOutOfRangeNamesItsKey() {
        assertThatThrownBy(() -> RecommendSettings.from(config("koc.recommend.min-pool=0")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.recommend.min-pool: found 0; expected a whole number from 1 to 100000");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
