package koc.report;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import koc.text.Texts;

/** The few actions of the week: the most valuable ones, of several kinds. */
final class Actions {
    static final int AT_MOST = 7;

    private Actions() {}

    /**
     * At most seven actions, the largest gain first. The best of each kind is among them, then the best of all others: a
     * week of one kind would be a list, not a plan. Each KOC, product or county has
     * one action: their best, or if that finds no place, their next best.
     */
    static List<Action> choose(List<Action> candidates) {
        List<Action> left = candidates.stream()
                .sorted(Comparator.comparingDouble(Action::gain)
                        .reversed()
                        .thenComparing(Action::kind)
                        .thenComparing(Action::about))
                .toList();
        while (true) {
            List<Action> best = bestOfEachSubject(left);
            Set<Action> chosen = ofSeveralKinds(best);
            Set<Action> withoutPlace = new HashSet<>(best);
            withoutPlace.removeAll(chosen);
            left = left.stream()
                    .filter(action -> !withoutPlace.contains(action))
                    .toList();
            Set<String> subjects = chosen.stream().map(Actions::subject).collect(Collectors.toSet());
            if (left.stream().allMatch(action -> subjects.contains(subject(action)))) {
                return best.stream().filter(chosen::contains).toList();
            }
        }
    }

    private static List<Action> bestOfEachSubject(List<Action> byGain) {
        Set<String> seen = new HashSet<>();
        return byGain.stream().filter(action -> seen.add(subject(action))).toList();
    }

    private static Set<Action> ofSeveralKinds(List<Action> byGain) {
        Set<Action> chosen = new LinkedHashSet<>();
        for (int ofOneKind : List.of(1, AT_MOST)) {
            Map<Action.Kind, Integer> seen = new EnumMap<>(Action.Kind.class);
            byGain.stream()
                    .filter(action -> seen.merge(action.kind(), 1, Integer::sum) <= ofOneKind)
                    .forEach(action -> {
                        if (chosen.size() < AT_MOST) {
                            chosen.add(action);
                        }
                    });
        }
        return chosen;
    }

    private static String subject(Action action) {
        return action.kind().subject() + "\n" + action.about();
    }

    /** An action for the page: its kind, what it is about, the KOC if that is one, its gain, and its sentences. */
    static Map<String, Object> forPage(Action action, List<String> languages) {
        Map<String, Object> texts = new LinkedHashMap<>();
        languages.forEach(language -> texts.put(language, text(action, language)));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", name(action.kind()));
        shown.put("about", action.about());
        if (action.kind().subject() == Action.Subject.KOC) {
            shown.put("koc", action.about());
        }
        shown.put("gain", action.gain());
        shown.put("texts", texts);
        return shown;
    }

    static String text(Action action, String language) {
        Texts texts = Texts.of(language);
        return action.sentences().stream()
                .map(sentence -> sentence.in(texts))
                .reduce((first, second) -> texts.text("sentences.two", first, second))
                .orElse("");
    }

    private static String name(Action.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
