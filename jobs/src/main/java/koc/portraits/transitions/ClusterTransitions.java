package koc.portraits.transitions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each portrait at a refit: it survived, split, merged or disappeared, and new portraits emerged. The
 * terms are those of MONIC (Spiliopoulou and others 2006, MONIC: modeling and monitoring cluster transitions).
 *
 * <p>Only users who are in the same portrait of the old model as on the day of its fit count. Users who moved or arrived
 * since then show how users changed, not how portraits changed.
 *
 * @param matches pairs of an old portrait and a new one that continues it
 * @param emerged new portraits that continue no old one
 * @param disappeared old portraits that no new one continues
 */
public record ClusterTransitions(List<Match> matches, List<String> emerged, List<String> disappeared) {

    /** The kinds of transition; the code is the value that the tables publish. */
    public enum Transition {
        /** One new portrait contains most of the old one and of no other; it keeps the old id and name. */
        SURVIVED("kept"),
        /** Several new portraits each contain a considerable part of the old one, and together they contain most of it. */
        SPLIT("split"),
        /** One new portrait contains most of several old ones. */
        MERGED("merged"),
        /** A new portrait continues no old one. */
        EMERGED("new"),
        /** No new portrait continues the old one. */
        DISAPPEARED("gone");

        private final String code;

        Transition(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /**
     * A new portrait that continues an old one.
     *
     * @param fraction fraction of the old portrait's users that the new one contains, 0..1
     */
    public record Match(String oldId, String newId, Transition transition, double fraction) {}

    /**
     * How many users are in a pair of an old and a new portrait today. Only users who also had a portrait on the day of the
     * old fit count.
     *
     * @param newId provisional id in the new model
     * @param users users in both portraits
     * @param stableUsers users among them who were already in the old portrait on the day of its fit
     */
    public record Overlap(String oldId, String newId, long users, long stableUsers) {}

    /** The transitions of a day without a refit: every portrait survived. */
    public static ClusterTransitions unchanged(List<String> portraitIds) {
        return new ClusterTransitions(
                portraitIds.stream()
                        .map(portrait -> new Match(portrait, portrait, Transition.SURVIVED, 1))
                        .toList(),
                List.of(),
                List.of());
    }

    /** The transitions of the first fit: every portrait emerged. */
    public static ClusterTransitions first(List<String> portraitIds) {
        return new ClusterTransitions(List.of(), portraitIds, List.of());
    }

    /** The final id of each new portrait: the id of the old portrait if that survived, otherwise its provisional id. */
    public Map<String, String> stableIds() {
        Map<String, String> ids = new HashMap<>();
        matches.forEach(match ->
                ids.put(match.newId(), match.transition() == Transition.SURVIVED ? match.oldId() : match.newId()));
        emerged.forEach(portrait -> ids.put(portrait, portrait));
        return ids;
    }

    /** The same transitions with the final ids of the new portraits. */
    public ClusterTransitions withStableIds() {
        Map<String, String> ids = stableIds();
        return new ClusterTransitions(
                matches.stream()
                        .map(match -> new Match(
                                match.oldId(),
                                ids.getOrDefault(match.newId(), match.newId()),
                                match.transition(),
                                match.fraction()))
                        .toList(),
                emerged,
                disappeared);
    }

    /** How each new portrait came about. */
    public Map<String, Transition> byNewPortrait() {
        Map<String, Transition> transitions = new HashMap<>();
        matches.forEach(match -> transitions.put(match.newId(), match.transition()));
        emerged.forEach(portrait -> transitions.put(portrait, Transition.EMERGED));
        return transitions;
    }

    /** What became of each old portrait. */
    public Map<String, Transition> byOldPortrait() {
        Map<String, Transition> transitions = new HashMap<>();
        matches.forEach(match -> transitions.put(match.oldId(), match.transition()));
        disappeared.forEach(portrait -> transitions.put(portrait, Transition.DISAPPEARED));
        return transitions;
    }
}
