package koc.clean.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import koc.clean.Source;
import koc.source.FileSample;
import koc.source.Landing;
import koc.source.LandingFile;
import koc.source.SourceFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;

/** Finds the sources of a landing folder: by the names of folders, or by the columns of the files. */
final class SourceRecognition {
    /** The number of our columns that a file must have to be recognised. */
    private static final int MIN_COLUMNS = 2;

    private static final String UTF_8 = "UTF-8";

    private final Landing landing;
    private final Answers answers;
    private final Configuration hadoop;
    private final Map<Source, SourceSample> found = new EnumMap<>(Source.class);
    private final Map<Source, String> paths = new EnumMap<>(Source.class);
    private final List<String> questions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    SourceRecognition(Landing landing, Answers answers, Configuration hadoop) {
        this.answers = answers;
        this.landing = landing;
        this.hadoop = hadoop;
    }

    /** A sample of each source. */
    Map<Source, SourceSample> find() {
        List<String> others = new ArrayList<>(landing.folders());
        Set<String> taken = new HashSet<>();
        for (Source source : Source.values()) {
            String path = answers.path(source);
            String place = path == null ? source.folder() : path;
            addFolder(source, place);
            others.remove(place.split("/", -1)[0]);
            landing.source(source.folder(), place)
                    .ifPresent(folder -> folder.files().forEach(file -> taken.add(file.name())));
        }
        for (String folder : others) {
            landing.source(folder)
                    .filter(files -> !files.files().isEmpty())
                    .flatMap(files ->
                            recognise(folder, FileSample.read(files.files().get(0), UTF_8, hadoop)))
                    .ifPresent(source -> {
                        addFolder(source, folder);
                        paths.put(source, folder);
                    });
        }
        addLooseFiles(taken);
        return found;
    }

    /** Where the files of a source are, if not in a folder of its name. */
    Map<Source, String> paths() {
        return paths;
    }

    /** What a person must do, because no setting can. */
    List<String> questions() {
        return questions;
    }

    /** What a person should know; a run goes on all the same. */
    List<String> notes() {
        return notes;
    }

    private void addFolder(Source source, String folder) {
        List<LandingFile> files =
                landing.source(source.folder(), folder).map(SourceFolder::files).orElse(List.of());
        if (!files.isEmpty()) {
            List<FileSample> samples = SourceSample.read(files, answers.encoding(source), hadoop);
            found.put(source, SourceSample.of(source, samples, files.size()));
        }
    }

    private void addLooseFiles(Set<String> taken) {
        Map<Source, List<LandingFile>> bySource = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (LandingFile file : landing.looseFiles()) {
            names.add(file.name());
            if (taken.contains(file.name())) {
                continue;
            }
            FileSample sample = FileSample.read(file, UTF_8, hadoop);
            recognise(file.name(), sample)
                    .ifPresent(source -> bySource.computeIfAbsent(source, any -> new ArrayList<>())
                            .add(file));
        }
        bySource.forEach((source, files) -> {
            // Read again: the rows of a few files are kept, not those of all.
            List<FileSample> samples = SourceSample.read(files, answers.encoding(source), hadoop);
            found.put(source, SourceSample.of(source, samples, files.size()));
            List<String> own = files.stream().map(LandingFile::name).toList();
            String pattern = pattern(own);
            boolean isExact = names.stream()
                    .filter(name -> Landing.matches(pattern, name))
                    .toList()
                    .equals(own);
            if (isExact) {
                paths.put(source, pattern);
            } else {
                questions.add(String.join(", ", own) + " have columns of " + source.folder()
                        + ": move them to a folder " + source.folder());
            }
        });
    }

    /** A name with a star that matches these names. */
    private static String pattern(List<String> names) {
        String first = names.get(0);
        if (names.size() == 1) {
            return first;
        }
        int prefix = first.length();
        for (String name : names) {
            while (!name.startsWith(first.substring(0, prefix))) {
                prefix--;
            }
        }
        return first.substring(0, prefix) + "*";
    }

    /** The source of which a file has most columns, if it has more of it than of any other, and no other files are of it. */
    private Optional<Source> recognise(String place, FileSample sample) {
        Source best = null;
        int most = MIN_COLUMNS - 1;
        boolean isTie = false;
        for (Source source : Source.values()) {
            int columns = count(source, sample.columns());
            if (columns > most) {
                best = source;
                most = columns;
                isTie = false;
            } else if (columns == most) {
                isTie = true;
            }
        }
        if (best == null || isTie) {
            return Optional.empty();
        }
        if (found.containsKey(best)) {
            notes.add(place + " has columns of " + best.folder() + " too; a run will not read it");
            return Optional.empty();
        }
        return Optional.of(best);
    }

    /** How many of our columns a file seems to have; a required one counts twice. */
    private static int count(Source source, List<String> columns) {
        int count = 0;
        for (StructField field : source.landed()) {
            boolean isThere = columns.stream().anyMatch(column -> ColumnNames.group(source, field.name(), column) >= 0);
            count += !isThere ? 0 : source.required().contains(field.name()) ? 2 : 1;
        }
        return count;
    }
}
