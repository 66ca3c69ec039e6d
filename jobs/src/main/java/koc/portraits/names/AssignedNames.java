package koc.portraits.names;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.portraits.assign.CurrentPortraits;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.PreviousModel;
import koc.portraits.names.PortraitNames.Evidence;
import koc.portraits.names.PortraitNames.Naming;
import koc.tables.PortraitTables;
import koc.text.Texts;

/**
 * The names of a run's portraits, newcomers included.
 *
 * @param namings names made from the evidence, with their summaries
 * @param stored names that are stored with the model: earlier names, or else those made from the evidence
 * @param published the stored names, replaced by those that the configuration sets
 * @param previous published names of the previous model
 */
public record AssignedNames(
        Map<String, Naming> namings,
        Map<String, String> stored,
        Map<String, String> published,
        Map<String, String> previous) {

    /**
     * Names every portrait. A portrait that survived keeps its name; others are named by the evidence.
     *
     * @param configured names from the configuration, by portrait id; they are never stored, so that removing one brings
     *     back the portrait's earlier name
     */
    public static AssignedNames assign(
            CurrentPortraits current, List<Evidence> evidence, Map<String, String> configured, Texts texts) {
        PortraitModel model = current.model();
        Map<String, String> previous =
                current.previous().map(PreviousModel::names).orElse(Map.of());
        Map<String, String> survivingNames = new HashMap<>(previous);
        survivingNames.keySet().retainAll(model.portraitIds());
        // A portrait without users on the day of its fit was named by its id; it gets a real name now.
        survivingNames.entrySet().removeIf(name -> name.getValue().equals(name.getKey()));
        // A configured name belongs to one portrait only.
        survivingNames.values().removeAll(configured.values());
        Set<String> reserved = new HashSet<>(previous.values());
        reserved.addAll(configured.values());

        Map<String, Naming> namings = PortraitNames.name(evidence, survivingNames, reserved, texts);
        Map<String, String> stored = new HashMap<>();
        for (String portrait : model.portraitIds()) {
            String name = namings.getOrDefault(portrait, PortraitNames.EMPTY).name();
            // A portrait without users today keeps the name it had.
            stored.put(portrait, name.isEmpty() ? survivingNames.getOrDefault(portrait, portrait) : name);
        }
        stored.put(PortraitTables.NEWCOMERS, texts.text("name.newcomers"));
        return new AssignedNames(
                namings, stored, withConfigured(stored, configured), withConfigured(previous, configured));
    }

    /** The naming of a portrait; empty when it has no users today. */
    public Naming naming(String portrait) {
        return namings.getOrDefault(portrait, PortraitNames.EMPTY);
    }

    private static Map<String, String> withConfigured(Map<String, String> names, Map<String, String> configured) {
        Map<String, String> all = new HashMap<>(names);
        configured.forEach((portrait, name) -> all.computeIfPresent(portrait, (id, stored) -> name));
        return all;
    }
}
