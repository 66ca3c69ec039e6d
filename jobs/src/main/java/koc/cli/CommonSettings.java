package koc.cli;

import com.typesafe.config.Config;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import koc.config.Section;
import koc.error.KocException;

/**
 * The settings that every job relies on.
 *
 * @param zone where days begin and end
 * @param currency of all money
 * @param language of names and reasons
 * @param seed of every random choice
 */
record CommonSettings(ZoneId zone, Currency currency, String language, long seed) {
    /** The settings of the section {@code koc}; a wrong one is an error. */
    static CommonSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        return new CommonSettings(
                zone(koc.text("zone")),
                currency(koc.text("currency")),
                koc.oneOf("language", "en", "zh"),
                koc.wholeLong("seed"));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw wrong("koc.zone", name, "an IANA time zone such as Asia/Shanghai");
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            throw wrong("koc.currency", code, "an ISO 4217 code such as CNY");
        }
    }

    private static KocException wrong(String key, String found, String expected) {
        return KocException.usage(
                "configuration " + key + ": found " + found,
                "expected " + expected,
                "correct it in the file named by --conf or in --set");
    }
}
