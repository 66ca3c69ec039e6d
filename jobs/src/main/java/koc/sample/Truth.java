package koc.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the planted truth to {@code _truth/}, a folder that no reader of landing folders opens. */
final class Truth implements AutoCloseable {
    /** Name of the folder. */
    static final String FOLDER = "_truth";

    private static final String LIFETIME_FILES = """
            | lifetime_parameters.csv | a portrait: the parameters of its users' orders (BG/NBD, in weeks) and margins (Gamma-Gamma) |
            | customers.csv | a user with an order: the day of their first order ever, whether they came before the first day, the KOC who brought them, days with an order, their own rate, probability to stop and mean margin, whether they will order again, and the margin they will earn on average in the next 365 days, discounted by 10% a year |
            | koc_value.csv | a KOC: customers brought in the last 90 days, their margin so far and lifetime value, the costs of these days, and users who registered through the KOC |
            """;

    private final Path folder;
    private final BufferedWriter dirt;
    private final Map<Source, Map<Flaw, Long>> flaws = new LinkedHashMap<>();

    Truth(Path out) throws IOException {
        folder = out.resolve(FOLDER);
        Files.createDirectories(folder);
        dirt = Files.newBufferedWriter(folder.resolve("dirt.csv"), StandardCharsets.UTF_8);
        dirt.append("source,column,value,reason\n");
        for (Source source : Source.ALL) {
            flaws.put(source, new EnumMap<>(Flaw.class));
        }
    }

    /** Records a bad row of a source, with the column and value that identify it. */
    void recordBadRow(Source source, String column, String value, Flaw flaw) {
        try {
            dirt.append(line(List.of(source.name(), column, value, flaw.word())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        flaws.getOrDefault(source, new EnumMap<>(Flaw.class)).merge(flaw, 1L, Long::sum);
    }

    /** Writes the planted truth of users, affinities, influence and products. */
    void describe(SyntheticBrand brand) throws IOException {
        Ids ids = new Ids(brand.options());
        describeUsers(brand.population(), ids);
        describeAffinities(brand.catalogue());
        describeInfluence(brand, ids);
        describeProducts(brand.catalogue(), ids);
        if (brand.options().plants().lifetimes()) {
            new LifetimeTruth(brand).write(this);
        }
    }

    private void describeUsers(Population population, Ids ids) throws IOException {
        try (BufferedWriter users = file("users.csv", "user_id,portrait,newcomer,koc,events")) {
            for (int user = 0; user < population.size(); user++) {
                users.append(line(List.of(
                        ids.user(user),
                        population.planted(user).name(),
                        String.valueOf(population.isNewcomer(user)),
                        String.valueOf(population.kocNumber(user) >= 0),
                        String.valueOf(population.quota(user)))));
            }
        }
    }

    private void describeInfluence(SyntheticBrand brand, Ids ids) throws IOException {
        Population population = brand.population();
        Pools pools = brand.pools();
        try (BufferedWriter influence =
                file("influence.csv", "koc_id,rate_ratio,kind,koc_type,main_portrait,open_ties,shares")) {
            for (int koc = 0; koc < population.kocs(); koc++) {
                influence.append(line(List.of(
                        ids.user(population.kocUser(koc)),
                        number(pools.ratio(koc)),
                        pools.kind(koc).word(),
                        pools.type(koc).role().equals("consumer")
                                ? "user"
                                : pools.type(koc).role(),
                        PlantedPortrait.ALL.get(pools.mainPortrait(koc)).name(),
                        String.valueOf(pools.openPool(koc)),
                        String.valueOf(brand.plan().shares(koc)))));
            }
        }
    }

    private void describeProducts(Catalogue catalogue, Ids ids) throws IOException {
        try (BufferedWriter products = file("products.csv", "product_id,category,kind,quality,is_poor,is_general")) {
            for (int product = 0; product < catalogue.size(); product++) {
                PlantedCategory category = catalogue.category(product);
                products.append(line(List.of(
                        ids.product(product),
                        category.path(),
                        category.cycleDays() > 0 ? "consumable" : "durable",
                        number(catalogue.quality(product)),
                        String.valueOf(catalogue.quality(product) < Catalogue.POOR_BELOW),
                        String.valueOf(category.isGeneral()))));
            }
        }
    }

    /** Writes the fake accounts and what they fake, if there are any. */
    void describe(Fakes fakes) throws IOException {
        if (fakes.kinds().isEmpty()) {
            return;
        }
        try (BufferedWriter writer = file("fakes.csv", "user_id,fakes")) {
            for (Map.Entry<String, String> account : fakes.kinds().entrySet()) {
                writer.append(line(List.of(account.getKey(), account.getValue())));
            }
        }
    }

    private void describeAffinities(Catalogue catalogue) throws IOException {
        double[] averageFractions = new double[PlantedCategory.ALL.size()];
        double total = 0;
        for (int portrait = 0; portrait < PlantedPortrait.ALL.size(); portrait++) {
            PlantedPortrait planted = PlantedPortrait.ALL.get(portrait);
            double weight = planted.userFraction() * planted.frequency() * planted.buyRate();
            total += weight;
            for (int category = 0; category < averageFractions.length; category++) {
                averageFractions[category] += weight * catalogue.categoryFractions(portrait)[category];
            }
        }
        try (BufferedWriter affinities =
                file("affinities.csv", "portrait,category,multiplier,share_of_purchases,over_everybody")) {
            for (int portrait = 0; portrait < PlantedPortrait.ALL.size(); portrait++) {
                PlantedPortrait planted = PlantedPortrait.ALL.get(portrait);
                for (int category = 0; category < averageFractions.length; category++) {
                    double share = catalogue.categoryFractions(portrait)[category];
                    affinities.append(line(List.of(
                            planted.name(),
                            PlantedCategory.ALL.get(category).path(),
                            number(planted.multiplier(PlantedCategory.ALL.get(category))),
                            String.format(Locale.ROOT, "%.4f", share),
                            number(share * total / averageFractions[category]))));
                }
            }
        }
    }

    /** Writes the counts that cleaning must find; call it when every row is written. */
    SortedMap<String, Long> count(Map<Source, Long> written) throws IOException {
        SortedMap<String, Long> rows = new TreeMap<>();
        try (BufferedWriter counts = file("counts.csv", "source,check_name,rows")) {
            for (Map.Entry<Source, Long> entry : written.entrySet()) {
                Map<Flaw, Long> found = flaws.getOrDefault(entry.getKey(), Map.of());
                long bad = found.values().stream().mapToLong(Long::longValue).sum();
                String source = entry.getKey().name();
                counts.append(line(List.of(source, "read", String.valueOf(entry.getValue()))));
                counts.append(line(List.of(source, "kept", String.valueOf(entry.getValue() - bad))));
                for (Map.Entry<Flaw, Long> flaw : found.entrySet()) {
                    counts.append(line(List.of(source, flaw.getKey().word(), String.valueOf(flaw.getValue()))));
                }
                rows.put(source, entry.getValue());
            }
        }
        return rows;
    }

    /** Writes a README that explains the files of the truth. */
    void explain(GeneratorOptions options) throws IOException {
        Files.writeString(folder.resolve("README.md"), """
                # What is planted in this landing folder

                Made by `bin/koc generate %s`.

                | file | a row is |
                | --- | --- |
                | users.csv | a user: planted portrait, whether a newcomer (one to three actions, too few for a portrait), whether a KOC, number of events without those that KOCs caused |
                | affinities.csv | a portrait and a category: purchases relative to a user without preferences (multiplier), the fraction of the portrait's purchases, and this fraction over that of all users |
                | influence.csv | a KOC: how often users with an open tie buy a product that the KOC shared, in the %d days after the share, relative to how often they would buy it without the share (rate_ratio; 1 = no influence) |
                | products.csv | a product: durable or consumable, quality (below .5 is poor: low stars, refunds, complaints), whether all portraits buy its category equally often |
                | dirt.csv | a bad row: its source, the column and value that identify it, and the reason for which it must be rejected |
                | counts.csv | a source and a check: the number of rows that the clean job must count |
                %s
                - `duplicate` and `conflicting_id` name the event_id of a valid row: one row with this id is kept, the other is rejected.
                - `later` is a row after the last day: in a flat landing folder it is counted, not rejected.
                - `robot` names a row of an account with more than 600 views and clicks in an hour. Its orders and its views of other days are valid. The account is not in users.
                %s""".formatted(
                        commandLine(options),
                        Behaviour.INFLUENCE_DAYS,
                        options.plants().lifetimes() ? LIFETIME_FILES : "",
                        explain(options.plants().world().influence())));
    }

    /** What the planted ratio means where the shares of several KOCs reach a user; nothing is said of the usual world. */
    private static String explain(GeneratorOptions.Influence influence) {
        return switch (influence) {
            case ADDITIVE -> "";
            case MULTIPLICATIVE -> """
                    - rate_ratio holds whether other KOCs share the product in the same days or not: ratios multiply.
                    """;
            case SATURATING -> """
                    - rate_ratio holds for users whom only this KOC reaches. If several KOCs share a product in the same days, users buy it as often as with the strongest alone. So the shares of the others add nothing then.
                    """;
        };
    }

    private static String commandLine(GeneratorOptions options) {
        StringBuilder line = new StringBuilder()
                .append("--users ")
                .append(options.users())
                .append(" --products ")
                .append(options.products())
                .append(" --kocs ")
                .append(options.kocs())
                .append(" --events ")
                .append(options.events())
                .append(" --days ")
                .append(options.days())
                .append(" --seed ")
                .append(options.seed())
                .append(" --end-date ")
                .append(options.endDate())
                .append(" --dirt ")
                .append(options.dirt());
        if (options.layout() == GeneratorOptions.Layout.ARRIVED) {
            line.append(" --layout arrived");
        }
        if (options.format() == GeneratorOptions.Format.JSONL) {
            line.append(" --format jsonl");
        }
        if (options.plants().hiddenTaste() > 0) {
            line.append(" --hidden-taste ").append(options.plants().hiddenTaste());
        }
        if (options.plants().fakes()) {
            line.append(" --fakes");
        }
        if (options.plants().ties() > 0) {
            line.append(" --ties ").append(options.plants().ties());
        }
        if (options.plants().hubFraction() > 0) {
            line.append(" --hub-fraction ").append(options.plants().hubFraction());
        }
        if (options.plants().counterFraction() > 0) {
            line.append(" --counter-fraction ").append(options.plants().counterFraction());
        }
        if (options.plants().lifetimes()) {
            line.append(" --lifetimes");
        }
        GeneratorOptions.World world = options.plants().world();
        if (world.influence() != GeneratorOptions.World.USUAL.influence()) {
            line.append(" --influence ").append(world.influence().word());
        }
        if (world.sharing() != GeneratorOptions.World.USUAL.sharing()) {
            line.append(" --sharing ").append(world.sharing().word());
        }
        if (world.tasteDimensions() > 0) {
            line.append(" --taste-dimensions ").append(world.tasteDimensions());
        }
        return line.append(options.gzip() ? " --gzip" : "").toString();
    }

    /** The rows of a file of the truth. */
    final class Rows implements AutoCloseable {
        private final BufferedWriter writer;

        private Rows(String name, String header) throws IOException {
            this.writer = file(name, header);
        }

        void add(List<String> values) throws IOException {
            writer.append(line(values));
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /** Opens another file of the truth. */
    Rows rows(String name, String header) throws IOException {
        return new Rows(name, header);
    }

    private BufferedWriter file(String name, String header) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(folder.resolve(name), StandardCharsets.UTF_8);
        writer.append(header).append('\n');
        return writer;
    }

    private static String line(List<String> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            Csv.append(line, values.get(i));
        }
        return line.append('\n').toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public void close() throws IOException {
        dirt.close();
    }
}
