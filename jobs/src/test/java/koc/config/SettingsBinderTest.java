package koc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import koc.error.ExitCode;
import koc.error.KocException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsBinderTest {
    private static final Config SHOP = ConfigFactory.parseString("""
            koc {
              seed = 123456789012
              shop {
                open-days = 6
                discount-2-items = 0.25
                is-open = true
                name = Corner
                size = large
                on-empty = re-order
                opened-on = 2020-02-29
                zone = Asia/Shanghai
                currency = CNY
                shelves = [top, floor]
                steps = [1, 2]
                labels { b = 2, a = one }
                sources { events { user_id = member, "a.b" = c }, "x.y" { k = v } }
                till { drawers = 3 }
                tills = [{ drawers = 1 }, { drawers = 2 }]
              }
            }
            """);

    enum OnEmpty {
        CLOSE,
        RE_ORDER
    }

    record Till(@Range(min = 1, max = 9) int drawers) {
        Till {
            if (drawers == 7) {
                throw KocException.usage("koc.shop.till.drawers: found 7", "seven is unlucky", "take another");
            }
        }
    }

    @Key("koc.shop")
    record Shop(
            @Range(min = 1, max = 7) int openDays,
            @Range(min = 0, max = 1) double discount2Items,
            boolean isOpen,
            @Key("name") String title,
            @OneOf({"small", "large"}) String size,
            OnEmpty onEmpty,
            LocalDate openedOn,
            ZoneId zone,
            Currency currency,
            @OneOf({"top", "middle", "floor"}) List<String> shelves,
            List<Integer> steps,
            Map<String, String> labels,
            Map<String, Map<String, String>> sources,
            Till till,
            List<Till> tills,
            @Key("koc.seed") long seed) {}

    @Test
    void componentsAreFilledByTheirNames() {
        Shop shop = SettingsBinder.bind(SHOP, Shop.class);

        assertThat(shop.openDays()).isEqualTo(6);
        assertThat(shop.discount2Items()).isEqualTo(0.25);
        assertThat(shop.isOpen()).isTrue();
        assertThat(shop.title()).isEqualTo("Corner");
        assertThat(shop.size()).isEqualTo("large");
        assertThat(shop.onEmpty()).isEqualTo(OnEmpty.RE_ORDER);
        assertThat(shop.openedOn()).isEqualTo("2020-02-29");
        assertThat(shop.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(shop.currency()).isEqualTo(Currency.getInstance("CNY"));
        assertThat(shop.shelves()).containsExactly("top", "floor");
        assertThat(shop.steps()).containsExactly(1, 2);
        assertThat(shop.labels()).containsExactly(Map.entry("a", "one"), Map.entry("b", "2"));
        assertThat(shop.sources())
                .containsExactly(
                        Map.entry("events", Map.of("user_id", "member", "a.b", "c")),
                        Map.entry("x.y", Map.of("k", "v")));
        assertThat(shop.till()).isEqualTo(new Till(3));
        assertThat(shop.tills()).containsExactly(new Till(1), new Till(2));
        assertThat(shop.seed()).isEqualTo(123_456_789_012L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.open-days=8           | koc.shop.open-days: found 8; expected a whole number from 1 to 7
            shop.open-days=soon        | koc.shop.open-days: found soon; expected a whole number
            shop.open-days=null        | koc.shop.open-days: found nothing; expected a whole number
            shop.discount-2-items=-0.1 | koc.shop.discount-2-items: found -0.1; expected a number from 0.0 to 1.0
            shop.is-open=perhaps       | koc.shop.is-open: found perhaps; expected true or false
            shop.size=huge             | koc.shop.size: found huge; expected one of [small, large]
            shop.on-empty=cry          | koc.shop.on-empty: found cry; expected one of [close, re-order]
            shop.opened-on=2019-02-29  | koc.shop.opened-on: found 2019-02-29; expected a day, YYYY-MM-DD
            shop.zone=Mars             | koc.shop.zone: found Mars; expected an IANA time zone such as Asia/Shanghai
            shop.currency=YUAN         | koc.shop.currency: found YUAN; expected an ISO 4217 code such as CNY
            shop.shelves=[top, cellar] | koc.shop.shelves: found cellar; expected some of [top, middle, floor]
            shop.steps=[1, 1.5]        | koc.shop.steps: found [1, 1.5]; expected a list of whole numbers
            shop.labels=none           | koc.shop.labels: found none; expected a section of texts
            shop.sources={events=3}    | koc.shop.sources.events: found 3; expected a section of texts
            shop.till.drawers=0        | koc.shop.till.drawers: found 0; expected a whole number from 1 to 9
            shop.till.drawers=7        | koc.shop.till.drawers: found 7; seven is unlucky; take another
            shop.tills=3               | koc.shop.tills: found 3; expected a list of sections
            shop.tills=[{drawers=1},{drawers=0}] | koc.shop.tills.2.drawers: found 0; expected a whole number from 1 to 9
            shop.tills=[{drawer=1}]    | koc.shop.tills.1: unknown key 'drawer'; the keys are [drawers]
            shop.tills=[{}]            | koc.shop.tills.1.drawers: found nothing; expected a whole number
            seed=x                     | koc.seed: found x; expected a whole number""")
    void aWrongValueNamesItsKeyWhatWasFoundAndWhatWasExpected(String setting, String message) {
        Config config = ConfigFactory.parseString("koc." + setting).withFallback(SHOP);

        assertThatThrownBy(() -> SettingsBinder.bind(config, Shop.class))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message);
    }

    @Key("koc.shop")
    record WithoutRange(int openDays) {}

    @Key("koc.shop")
    record OfNoReadableType(Thread openDays) {}

    record WithoutSection(boolean isOpen) {}

    @Test
    void recordsThatCannotBeFilledAreNamed() {
        assertThatThrownBy(() -> SettingsBinder.bind(SHOP, WithoutRange.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("openDays has no @Range");
        assertThatThrownBy(() -> SettingsBinder.bind(SHOP, OfNoReadableType.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no setting is read as a class java.lang.Thread");
        assertThatThrownBy(() -> SettingsBinder.bind(SHOP, WithoutSection.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no @Key names its section");
    }
}
