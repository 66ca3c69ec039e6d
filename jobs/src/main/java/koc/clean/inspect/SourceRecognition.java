package koc.clean.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import koc.clean.Source;
import koc.source.FileSample;
import koc.source.Landing;
import koc.source.LandingFile;
import koc.source.SourceFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Finds the sources of a landing folder: by the names of folders, or by the columns of the files. */
final class SourceRecognition {
    /** A file is recognised by at least so many of our columns. */
    private static final int MIN_COLUMNS = 2;

    private final Landing landing;
    private final Configuration hadoop;
    private final Map<Source, SourceSample> found = new EnumMap<>(Source.class);

    SourceRecognition(Landing landing, Configuration hadoop) {
        this.landing = landing;
        this.hadoop = hadoop;
    }

    /**
     * A sample of each source.
     *
     * @param misplaced receives a sentence for each source that is in another place than a run expects
     */
    Map<Source, SourceSample> find(List<String> misplaced) {
        List<String> others = new ArrayList<>();
        for (String folder : landing.folders()) {
            Source.named(folder)
                    .ifPresentOrElse(source -> addFolder(source, folder), () -> others.add(folder));
        }
        for (String folder : others) {
            Optional<Source> source = landing.source(folder)
                    .filter(files -> !files.files().isEmpty())
                    .flatMap(files -> recognise(FileSample.read(files.files().get(0), hadoop)));
            source.ifPresent(recognised -> {
                addFolder(recognised, folder);
                misplaced.add("the folder " + folder + " has columns of " + recognised.folder() + ": rename it to "
                        + recognised.folder());
            });
        }
        addLooseFiles(misplaced);
        return found;
    }

    private void addFolder(Source source, String folder) {
        List<LandingFile> files =
                landing.source(folder).map(SourceFolder::files).orElse(List.of());
        if (!files.isEmpty()) {
            found.put(source, SourceSample.of(source, SourceSample.read(files, hadoop), files.size()));
        }
    }

    private void addLooseFiles(List<String> misplaced) {
        Map<Source, List<FileSample>> bySource = new TreeMap<>();
        for (LandingFile file : landing.looseFiles()) {
            FileSample sample = FileSample.read(file, hadoop);
            recognise(sample).ifPresent(source -> bySource
                    .computeIfAbsent(source, any -> new ArrayList<>())
                    .add(sample));
        }
        bySource.forEach((source, samples) -> {
            found.put(source, SourceSample.of(source, samples, samples.size()));
            misplaced.add(String.join(
                            ", ", samples.stream().map(sample -> sample.file().name()).toList())
                    + (samples.size() == 1 ? " has" : " have") + " columns of " + source.folder()
                    + ": move to a folder " + source.folder());
        });
    }

    /** The source of which a file has most columns, if it has more of it than of any other that is not found yet. */
    private Optional<Source> recognise(FileSample sample) {
        Source best = null;
        int most = MIN_COLUMNS - 1;
        boolean isTie = false;
        for (Source source : Source.values()) {
            int columns = found.containsKey(source) ? 0 : count(source, sample.columns());
            if (columns > most) {
                best = source;
                most = columns;
                isTie = false;
            } else if (columns == most) {
                isTie = true;
            }
        }
        return isTie ? Optional.empty() : Optional.ofNullable(best);
    }

    /** How many of our columns a file seems to have; a required one counts twice. */
    private static int count(Source source, List<String> columns) {
        int count = 0;
        for (StructField field : source.landed()) {
            boolean isThere =
                    columns.stream().anyMatch(column -> ColumnNames.group(source, field.name(), column) >= 0);
            count += !isThere ? 0 : source.required().contains(field.name()) ? 2 : 1;
        }
        return count;
    }
}
