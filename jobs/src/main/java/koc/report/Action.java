package koc.report;

import java.util.List;

/**
 * Something to do this week.
 *
 * @param kind what to do; {@code report.action.<kind>} is the sentence, whose placeholders the values fill
 * @param about the KOC, product or county that it is about
 * @param gain money that it probably brings in four weeks: what actions are ranked by
 * @param values names and numbers of the sentence, as texts; money and numbers are rounded
 */
record Action(Kind kind, String about, double gain, List<String> values) {
    /** Kinds of actions. */
    enum Kind {
        SHARE,
        SAMPLE,
        LEVEL,
        STOP,
        LEAVING,
        COUNTY,
        COST
    }

    Action {
        values = List.copyOf(values);
    }
}
