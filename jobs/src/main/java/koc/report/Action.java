package koc.report;

import java.util.List;

/**
 * Something to do this week.
 *
 * @param kind what to do
 * @param about the id of its {@link Subject}
 * @param gain money that it adds or saves, a share in the days after it and the others in four weeks, as far as the tables can tell: what actions are ranked by
 * @param sentences one to three: what to do, as the row in the tables says it where it does, and the numbers behind it
 */
record Action(Kind kind, String about, double gain, List<Phrase> sentences) {
    /** What an action is about. Two subjects of different kinds may have the same id. */
    enum Subject {
        KOC,
        PRODUCT,
        COUNTY,
        BRAND
    }

    /** Kinds of actions. */
    enum Kind {
        SHARE(Subject.KOC),
        LEVEL(Subject.KOC),
        CHECK(Subject.PRODUCT),
        REORDER(Subject.PRODUCT),
        LEAVING(Subject.KOC),
        RECRUIT(Subject.KOC),
        COUNTY(Subject.COUNTY),
        COST(Subject.KOC),
        FALL(Subject.BRAND);

        private final Subject subject;

        Kind(Subject subject) {
            this.subject = subject;
        }

        Subject subject() {
            return subject;
        }
    }

    Action {
        sentences = List.copyOf(sentences);
    }
}
