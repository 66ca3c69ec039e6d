package koc.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Writes synthetic landing folders of any size, and the planted truth to {@code _truth/}: portraits, tastes, influence,
 * quality, and bad rows of every kind.
 *
 * <p>Equal options give equal bytes on every machine. Memory grows with users, products and ties, but not with events.
 */
public final class Generator {
    private final GeneratorOptions options;
    private final Path out;
    private final Map<Source, Long> written = new LinkedHashMap<>();

    private Generator(GeneratorOptions options, Path out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Writes a landing folder, and returns the number of rows of each source, bad rows included. A folder that already has
     * sources is a usage error, because old and new rows would mix.
     */
    public static SortedMap<String, Long> generate(GeneratorOptions options, Path out) {
        LandingFolder.checkFree(out);
        try {
            return new Generator(options, out).run();
        } catch (IOException | UncheckedIOException failure) {
            throw LandingFolder.notWritable(out, failure);
        }
    }

    private SortedMap<String, Long> run() throws IOException {
        Files.createDirectories(out);
        SyntheticBrand brand = SyntheticBrand.create(options);
        Fakes fakes = Fakes.create(brand);
        try (Truth truth = new Truth(out)) {
            writeEvents(truth, brand, fakes);
            write(Source.USERS, writer -> new UserSource(brand, truth).write(writer, fakes));
            write(Source.PRODUCTS, new ProductSource(brand, truth)::write);
            write(Source.TIES, writer -> new TieSource(brand, truth).write(writer, fakes));
            write(Source.COSTS, new CostSource(brand, truth)::write);
            write(Source.ASSETS, new AssetSource(brand, truth)::write);
            truth.describe(brand);
            truth.describe(fakes);
            truth.explain(options);
            return truth.count(written);
        }
    }

    private void writeEvents(Truth truth, SyntheticBrand brand, Fakes fakes) throws IOException {
        Population population = brand.population();
        try (SourceWriter writer = writer(Source.EVENTS)) {
            EventSource source = new EventSource(options, writer, truth);
            long userEvents = options.events() - source.robotGoodEvents();
            // Purchases that KOCs cause depend on how often users buy on their own, and the quota for that depends on
            // the
            // caused purchases. The second estimate is close, and the third adds up exactly.
            population.assignQuotas(userEvents * 8 / 10);
            population.fixRates();
            Behaviour behaviour = new Behaviour(brand);
            population.assignQuotas(userEvents - behaviour.countSocialEvents());
            population.fixRates();
            population.assignQuotas(userEvents - behaviour.countSocialEvents());
            for (int user = 0; user < population.size(); user++) {
                source.write(user, behaviour.generate(user));
            }
            source.writeRobots(brand.catalogue());
            source.writeFakes(fakes);
            written.put(Source.EVENTS, writer.rows());
        }
    }

    private void write(Source source, Consumer<SourceWriter> writing) throws IOException {
        try (SourceWriter writer = writer(source)) {
            writing.accept(writer);
            written.put(source, writer.rows());
        }
    }

    private SourceWriter writer(Source source) {
        return new SourceWriter(source, out, options.layout(), options.format(), options.gzip(), options.startDate());
    }
}
