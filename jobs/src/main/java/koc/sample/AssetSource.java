package koc.sample;

import java.util.List;

/** Writes the assets, with bad rows among them. */
final class AssetSource {
    private static final List<String> STAGES = List.of("draw", "activate", "convert", "repeat", "recall");
    /** Fraction of approved assets. */
    private static final double APPROVED = .85;

    private final GeneratorOptions options;
    private final Truth truth;

    AssetSource(SyntheticBrand brand, Truth truth) {
        this.options = brand.options();
        this.truth = truth;
    }

    void write(SourceWriter writer) {
        DirtyWriter rows = new DirtyWriter(
                        writer,
                        truth,
                        options.dirt(),
                        Flaw.MISSING_FIELD,
                        Flaw.BAD_TYPE,
                        Flaw.MALFORMED,
                        Flaw.DUPLICATE)
                .required("kind")
                .marker("body")
                .mistyped("kind", "poem");
        Chance chance = Chance.of(options.seed(), Roles.COST, 1);
        int number = 0;
        for (String category : PlantedCategory.ALL.stream()
                .map(PlantedCategory::top)
                .distinct()
                .toList()) {
            for (String stage : STAGES) {
                number++;
                rows.write(0, asset(chance, number, "script", stage, List.of(category, "", script(stage, category))));
            }
        }
        for (PlantedPortrait planted : PlantedPortrait.ALL) {
            for (String stage : STAGES) {
                number++;
                rows.write(
                        0,
                        asset(
                                chance,
                                number,
                                "material",
                                stage,
                                List.of("", planted.lifeStage(), "https://img.example/material-" + number + ".jpg")));
            }
        }
    }

    /** A row of assets; the content is its category, audience and body. */
    private static List<String> asset(Chance chance, int number, String kind, String stage, List<String> content) {
        return List.of(
                "a" + (1000 + number),
                kind,
                stage,
                content.get(0),
                content.get(1),
                content.get(2),
                String.valueOf(chance.happens(APPROVED)));
    }

    private static String script(String stage, String category) {
        return switch (stage) {
            case "draw" -> "Hi, I am in the " + category + " group too. Ask me anything, I use what I talk about.";
            case "activate" -> "A small tip on " + category + " that I wish I had known earlier: read on.";
            case "convert" ->
                "I have used this one from " + category + " for a month; here is what I like, and what not.";
            case "repeat" -> "Yours should be running low. Shall I send the link for " + category + " again?";
            default -> "We have not talked for a while. Something new in " + category + " made me think of you.";
        };
    }
}
