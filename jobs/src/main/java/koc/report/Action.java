package koc.report;

import java.util.List;

/**
 * Something to do this week.
 *
 * @param kind what to do; {@code report.action.<kind>} is the sentence, whose placeholders the values fill
 * @param about the id of its {@link Subject}
 * @param gain money that it probably brings in four weeks: what actions are ranked by
 * @param values names and numbers of the sentence, as texts; money and numbers are rounded
 */
record Action(Kind kind, String about, double gain, List<String> values) {
    /** What an action is about. Two subjects of different kinds may have the same id. */
    enum Subject {
        KOC,
        PRODUCT,
        COUNTY
    }

    /** Kinds of actions. */
    enum Kind {
        SHARE(Subject.KOC),
        SAMPLE(Subject.KOC),
        LEVEL(Subject.KOC),
        STOP(Subject.PRODUCT),
        LEAVING(Subject.KOC),
        COUNTY(Subject.COUNTY),
        COST(Subject.KOC);

        private final Subject subject;

        Kind(Subject subject) {
            this.subject = subject;
        }

        Subject subject() {
            return subject;
        }
    }

    Action {
        values = List.copyOf(values);
    }
}
