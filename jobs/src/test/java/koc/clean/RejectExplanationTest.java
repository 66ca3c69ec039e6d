package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectExplanationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EVENTS    | MISSING_FIELD   | user_id     | user_id
            EVENTS    | MISSING_FIELD   | unit_price  | event_id
            EVENTS    | BAD_TYPE        | occurred_at | occurred_at
            EVENTS    | BAD_TYPE        | unit_price  | event_id
            EVENTS    | NEGATIVE_AMOUNT | unit_price  | event_id
            COSTS     | NEGATIVE_AMOUNT | amount      | amount
            EVENTS    | ORPHAN_PRODUCT  | product_id  | event_id
            EVENTS    | CONFLICTING_ID  | event_id    | ''
            EVENTS    | ROBOT           | ''          | ''
            TIES      | BAD_TYPE        | until       | ''
            CAMPAIGNS | BAD_TYPE        | starts_on   | starts_on
            CAMPAIGNS | BAD_TYPE        | ends_on     | ''
            CAMPAIGNS | MISSING_FIELD   | product_id  | ''
            """)
    void aRejectedRowIsFoundByAColumnThatTellsItFromSoundRows(
            Source source, RejectReason reason, String field, String column) {
        assertThat(RejectExplanation.tellingColumn(source, reason, field)).isEqualTo(column);
    }
}
