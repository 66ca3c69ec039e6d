package koc.cli.explain;

import com.typesafe.config.Config;
import koc.config.ConfigFingerprint;
import koc.kocs.KocSettings;
import koc.recommend.RecommendSettings;

/**
 * The settings that scores depend on. They are not stored with the scores, so they must be those of the run.
 *
 * @param hash of all settings, as in runs.configuration_hash
 */
public record ExplainSettings(KocSettings kocs, RecommendSettings recommend, String hash) {
    /** The settings of this configuration. */
    public static ExplainSettings from(Config config) {
        return new ExplainSettings(
                KocSettings.from(config), RecommendSettings.from(config), ConfigFingerprint.hash(config, "koc"));
    }
}
