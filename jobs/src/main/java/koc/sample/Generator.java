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
 * Writes landing folders of any size in which everything that the pipeline is to find is planted, with the truth
 * beside them in {@code _truth/}: portraits, tastes, influence, quality, and bad rows of every kind.
 *
 * <p>Same options, same bytes, on any machine. Memory grows with users, products and ties, not with events.
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
     * Writes a landing folder, and returns the rows of every source, bad ones included. A folder that already has
     * sources in it is a usage error: old and new rows would mix.
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
        Catalogue catalogue = Catalogue.of(options);
        Population population = Population.of(options, catalogue);
        Pools pools = Pools.of(options, population);
        SharingPlan plan = SharingPlan.of(options, catalogue, population, pools);
        Fakes fakes = Fakes.of(options, catalogue, population, plan, new Ids(options));
        try (Truth truth = new Truth(out)) {
            writeEvents(truth, catalogue, population, pools, plan, fakes);
            SmallSources small = new SmallSources(options, truth);
            write(Source.USERS, writer -> small.writeUsers(writer, population, pools, fakes));
            write(Source.PRODUCTS, writer -> small.writeProducts(writer, catalogue));
            write(Source.TIES, writer -> small.writeTies(writer, population, pools, fakes));
            write(Source.COSTS, writer -> small.writeCosts(writer, population));
            write(Source.ASSETS, small::writeAssets);
            truth.describe(options, catalogue, population, pools, plan);
            truth.describe(fakes);
            truth.explain(options);
            return truth.count(written);
        }
    }

    private void writeEvents(
            Truth truth, Catalogue catalogue, Population population, Pools pools, SharingPlan plan, Fakes fakes)
            throws IOException {
        try (SourceWriter writer = writer(Source.EVENTS)) {
            EventSource source = new EventSource(options, writer, truth);
            long own = options.events() - source.robotGoodEvents();
            // How often a KOC moves a user depends on how often the user buys of their own accord, and what is left for
            // that depends on how often KOCs move them: the second guess is close, and the third adds up to the event.
            population.assignQuotas(own * 8 / 10);
            population.settleRates();
            Behaviour behaviour = new Behaviour(options, catalogue, population, pools, plan);
            population.assignQuotas(own - behaviour.socialEvents());
            population.settleRates();
            population.assignQuotas(own - behaviour.socialEvents());
            for (int user = 0; user < population.size(); user++) {
                source.write(user, behaviour.of(user));
            }
            source.writeRobots(catalogue);
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
