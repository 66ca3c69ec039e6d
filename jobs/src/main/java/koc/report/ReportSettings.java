package koc.report;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Stream;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the report; {@code koc.report} in conf/reference.conf describes each key.
 *
 * @param otherLanguages languages that the page can switch to
 * @param inlineCharacters size of all KOC cards up to which they are part of the page; more of them are files beside it
 * @param mapUsers users on the map, at most
 * @param assumedGain gain from a next level, or a new KOC in a county, where none is measured: a fraction of the margin
 * @param reportedNoBuyerChance chance that nobody buys after a share, above which texts say so
 * @param minGain money from which something is an action of the week
 * @param marginRate margin of net sales where only sales are known
 * @param costDays days over which the costs of a KOC and the value of their customers are counted
 * @param healthyRatio value of the customers over cost from which a KOC is healthy
 * @param minReportedFlightRisk risk of leaving from which an action says so, as the tables do
 * @param minActionableBuyers expected buyers from which a recommendation is one to act on
 * @param groupLossRate fraction of members lost from which a group is losing
 * @param language of the texts in the tables, and the one in which the page opens
 * @param currency of all money
 */
@Key("koc.report")
record ReportSettings(
        @OneOf({"en", "zh"}) List<String> otherLanguages,
        @Range(min = 0, max = 100_000_000) int inlineCharacters,
        @Range(min = 0, max = 20_000) int mapUsers,
        @Range(min = 0, max = 1) double assumedGain,
        @Range(min = 0, max = 1) double reportedNoBuyerChance,
        @Range(min = 0, max = 1_000_000_000) double minGain,

        @Key("koc.economics.value.default-margin-rate") @Range(min = 0, max = 1)
        double marginRate,

        @Key("koc.economics.koc.window-days") @Range(min = 7, max = 90)
        int costDays,

        @Key("koc.economics.koc.healthy-ratio") @Range(min = 1, max = 100)
        double healthyRatio,

        @Key("koc.kocs.score.min-reported-flight-risk") @Range(min = 0, max = 1)
        double minReportedFlightRisk,

        @Key("koc.recommend.min-actionable-buyers") @Range(min = 0, max = 1000)
        double minActionableBuyers,

        @Key("koc.growth.groups.loss-rate") @Range(min = 0, max = 1)
        double groupLossRate,

        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.currency") String currency) {

    ReportSettings {
        otherLanguages = List.copyOf(otherLanguages);
    }

    static ReportSettings from(Config config) {
        return SettingsBinder.bind(config, ReportSettings.class);
    }

    /** The languages of the page, the one in which it opens first. */
    List<String> languages() {
        return Stream.concat(Stream.of(language), otherLanguages.stream())
                .distinct()
                .toList();
    }
}
