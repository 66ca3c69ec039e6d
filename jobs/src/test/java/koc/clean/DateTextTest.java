package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "yyyy/M/d H:mm[:ss]     | 2026/1/8 9:30          | 2026-01-08T09:30",
                "yyyy/M/d H:mm[:ss]     | 2026/01/08 09:30:15    | 2026-01-08T09:30:15",
                "yyyy/M/d H:mm[:ss]     | 2026/2/30 9:30         | null",
                "yyyyMMdd               | 20260108               | 2026-01-08",
                "yyyyMMddHHmmss         | 20260108093015         | 2026-01-08T09:30:15",
                "yyyy年M月d日            | 2026年1月20日           | 2026-01-20",
                "d.M.yyyy H:mm          | 8.1.2026 9:30          | 2026-01-08T09:30",
                "d MMM yyyy             | 8 jan 2026             | 2026-01-08",
                "yyyy/M/d ah:mm         | 2026/1/8 下午2:30       | 2026-01-08T14:30",
                "yyyy/M/d H:mm XXX      | 2026/1/8 9:30 +08:00   | 2026-01-08T09:30:00+08:00",
                "yyyy/M/d H:mm x        | 2026/1/8 9:30 +08      | 2026-01-08T09:30:00+08:00",
                "yyyy/M/d H:mm Z        | 2026/1/8 9:30 -0530    | 2026-01-08T09:30:00-05:30",
                "yyyy/M/d H:mm O        | 2026/1/8 9:30 GMT+8    | 2026-01-08T09:30:00+08:00",
                "yyyy/M/d H:mm 'GMT'Z   | 2026/1/8 9:30 GMT+0800 | 2026-01-08T09:30:00+08:00",
                "yyyy/M/d H:mm[ VV]     | 2026/7/8 9:30 America/New_York | 2026-07-08T09:30:00-04:00",
                "yyyy/M/d H:mm[ VV]     | 2026/1/8 9:30          | 2026-01-08T09:30",
                "yyyy/M/d H:mm VV       | 2026/1/8 9:30 Mars/Sea | null",
                "yyyy-MM-ddXXX          | 2026-01-08+08:00       | 2026-01-08",
                "epoch-seconds          | 1767865800             | 2026-01-08T09:50:00Z",
                "epoch-seconds          | 1767865800.5           | 2026-01-08T09:50:00.500Z",
                "epoch-seconds          | 1.7678658E9            | 2026-01-08T09:50:00Z",
                "epoch-seconds          | 1767865800000          | null",
                "epoch-millis           | 1767865800000          | 2026-01-08T09:50:00Z",
                "epoch-millis           | 1767865800             | null",
                "epoch-seconds          | 20260108               | null",
                "excel-serial           | 46030                  | 2026-01-08T00:00",
                "excel-serial           | 46030.395833           | 2026-01-08T09:30",
                "excel-serial           | 20260108               | null",
            })
    void aTextIsReadInOneFormat(String format, String text, @Nullable String iso) {
        assertThat(new DateText(List.of(format)).toIso(text)).isEqualTo(iso);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "yyyy-M-d H:mm z,           z",
                "yyyy-M-d H:mm[ zzzz],      zzzz",
                "yyyy-M-d H:mm v,           v",
                "yyyy-MM-dd'T'HH:mm:ss'Z',  'Z'",
                "yyyy-MM-dd HH:mm ' UTC',   ' UTC'",
                "yyyy-MM-dd HH:mm '(utc)',  '(utc)'",
                "yyyy-MM-dd HH:mm 'UTC+8',  'UTC+8'",
                "yyyy-MM-dd HH:mm:ss'.000Z', '.000Z'",
                "yyyy-MM-dd HH:mm:ss.'000Z', .'000Z'",
                "yyyy-MM-dd HH:mm:ss'+00:00', '+00:00'",
                "yyyy-MM-dd HH:mm:ss+0000,  +0000",
                "yyyy-MM-dd HH:mm:ss+08,    +08",
                "yyyy-MM-dd HH:mm:ss -0530, -0530",
                "yyyy-MM-dd HH:mm 'GMT'[Z], 'GMT'",
                "yyyy-MM-dd HH:mm[X] 'UTC', 'UTC'",
                "yyyy-MM-dd'T'HH:mm:ssXXX,  null",
                "yyyy-MM-dd HH:mm VV,       null",
                "yyyy-M-d 'at' H:mm,         null",
                "EEE MMM d yyyy HH:mm:ss 'GMT'Z, null",
                "yyyy-MM-dd HH:mm[ 'UTC'XXX], null",
                "yyyy-MM-dd HH:mm 'UTC' x,   null",
                "yyyy-MM-dd HH:mm XXX '(UTC)', null",
                "yyyy-MM-01,                 null",
                "yyyy-MM-dd 'Zürich' H:mm,   null",
            })
    void aZoneThatCannotBeReadForSureIsFoundInAPattern(String pattern, @Nullable String zone) {
        assertThat(DateText.unreadableZone(pattern)).isEqualTo(zone);
    }

    @Test
    void aPatternWithSuchAZoneIsRefused() {
        Config config = Configuration.load(null, List.of("koc.source.format.events.dates=[\"yyyy-M-d H:mm z\"]"));

        assertThatThrownBy(() -> ValueFormat.of(config, Source.EVENTS))
                .hasMessageContainingAll("'yyyy-M-d H:mm z', with the time zone z", "XXX", "VV");
    }

    @Test
    void formatsAreTriedInOrder() {
        DateText dates = new DateText(List.of("d/M/yyyy", "M/d/yyyy"));

        assertThat(dates.toIso("3/4/2026")).isEqualTo("2026-04-03");
        assertThat(dates.toIso("3/14/2026")).isEqualTo("2026-03-14");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "2026/1/18 14:17           | 2026-01-18T14:17",
                "2026/1/18                 | 2026-01-18",
                "2026.1.8                  | 2026-01-08",
                "2026-1-8 9:05:00          | 2026-01-08T09:05",
                "2026年1月20日              | 2026-01-20",
                "2026年01月20日 14:17:08    | 2026-01-20T14:17:08",
                "2026年1月20日 14时17分8秒  | 2026-01-20T14:17:08",
                "03/04/2026                | null",
                "2026-13-01                | null",
                "0000-00-00                | null",
                "12:30                     | null",
            })
    void theDefaultReadsOnlyDatesThatBeginWithTheYear(String text, @Nullable String iso) {
        ValueFormat defaults = ValueFormat.of(Configuration.load(null, List.of()), Source.EVENTS);

        assertThat(new DateText(defaults.dates()).toIso(text)).isEqualTo(iso);
    }
}
