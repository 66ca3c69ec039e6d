package koc.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import koc.text.Texts;

/** The few actions of the week: the most valuable ones, of several kinds. */
final class Actions {
    static final int AT_MOST = 7;
    /** A week of one kind only would be a list, not a plan. */
    private static final int OF_ONE_KIND = 2;

    private Actions() {}

    /**
     * At most seven actions, the largest gain first: at most two of a kind, and one about each KOC, product or county. If fewer
     * than seven are left, the best of the others follow in the same order.
     */
    static List<Action> choose(List<Action> candidates) {
        List<Action> byGain = candidates.stream()
                .sorted(Comparator.comparingDouble(Action::gain)
                        .reversed()
                        .thenComparing(Action::kind)
                        .thenComparing(Action::about))
                .toList();
        Map<Action.Kind, Integer> taken = new EnumMap<>(Action.Kind.class);
        Set<String> about = new HashSet<>();
        List<Action> chosen = new ArrayList<>();
        List<Action> others = new ArrayList<>();
        for (Action action : byGain) {
            if (!about.add(action.about())) {
                continue;
            }
            boolean hasRoom = taken.merge(action.kind(), 1, Integer::sum) <= OF_ONE_KIND;
            (hasRoom ? chosen : others).add(action);
        }
        others.stream().limit(Math.max(0, AT_MOST - chosen.size())).forEach(chosen::add);
        return chosen.stream()
                .sorted(Comparator.comparingInt(byGain::indexOf))
                .limit(AT_MOST)
                .toList();
    }

    /** An action for the page: its kind, what it is about, its gain, and its sentence in every language. */
    static Map<String, Object> forPage(Action action, List<String> languages) {
        Map<String, Object> texts = new LinkedHashMap<>();
        languages.forEach(language -> texts.put(language, sentence(action, language)));
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("kind", name(action.kind()));
        shown.put("about", action.about());
        shown.put("gain", action.gain());
        shown.put("texts", texts);
        return shown;
    }

    static String sentence(Action action, String language) {
        Texts texts = Texts.of(language);
        List<String> values = new ArrayList<>(action.values());
        if (action.kind() == Action.Kind.LEVEL) {
            values.replaceAll(value -> texts.textOr("levels.name." + value, value));
        }
        return texts.text("report.action." + name(action.kind()), values.toArray());
    }

    private static String name(Action.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
