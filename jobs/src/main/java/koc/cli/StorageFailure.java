package koc.cli;

import io.delta.exceptions.DeltaConcurrentModificationException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import koc.error.KocException;
import koc.tables.Catalog;
import koc.warehouse.DamagedTable;
import koc.warehouse.Table;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkThrowable;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Finds failures of disks, object stores and damaged files, however deep they are wrapped, and says what to do. */
final class StorageFailure {
    private static final Pattern NO_SPACE =
            Pattern.compile("No space left on device|[Dd]isk quota exceeded|File too large|quota .* is exceeded"
                    + "|could only be (?:written|replicated) to 0 ");
    private static final Pattern NO_FILE_SYSTEM = Pattern.compile("No FileSystem for scheme \"?([\\w-]+)\"?");
    private static final Pattern NO_CLASS =
            Pattern.compile("(?:Class )?((?:[\\w.]*\\.)?(\\w*(?:FileSystem|Fs|FS|CredentialsProvider)\\w*)) not found");
    /** A file of a table: its folder, the name of the table, the day or arrival, and its own name. */
    private static final Pattern TABLE_FILE = Pattern.compile(
            "((?:[\\w+-]+:/*)?/[^\\s\"']*?/)?([a-z_]+)/([a-z_]+)=(\\d{4}-\\d\\d-\\d\\d)/([^\\s\"',;]+?\\.parquet)");

    /** The same for a path alone, which may have blanks. */
    private static final Pattern TABLE_FILE_PATH =
            Pattern.compile("^(.*/)([a-z_]+)/([a-z_]+)=(\\d{4}-\\d\\d-\\d\\d)/([^/]+\\.parquet)$");

    private static final Pattern LOG_PATH = Pattern.compile("^(.*)/_delta_log/");
    private static final Pattern LOG_FILE = Pattern.compile("((?:[\\w+-]+:/*)?/[^\\s\"']*?)/_delta_log");
    /** The error conditions of Spark and Delta for files that are missing or damaged. */
    private static final List<String> DAMAGED = List.of(
            "FAILED_READ_FILE",
            "PATH_NOT_FOUND",
            "DELTA_TRUNCATED_TRANSACTION_LOG",
            "DELTA_LOG_FILE_NOT_FOUND",
            "DELTA_FILE_NOT_FOUND",
            "DELTA_STATE_RECOVER_ERROR",
            "DELTA_MISSING_PART_FILES",
            "DELTA_METADATA_ABSENT",
            "DELTA_VERSIONS_NOT_CONTIGUOUS",
            "DELTA_INVALID_PROTOCOL_VERSION");

    private StorageFailure() {}

    /** The failure in words; empty if it is of another kind. */
    static Optional<KocException> explain(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .flatMap(cause -> explainOutside(cause).stream())
                .findFirst()
                .or(() -> causes.stream()
                        .flatMap(cause -> explainDamage(cause).stream())
                        .findFirst())
                .map(explained -> explained.causedBy(failure));
    }

    /** The failure, its causes, and the failures at the same time that are attached to them. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        addCauses(failure, causes);
        return causes;
    }

    private static void addCauses(Throwable failure, List<Throwable> causes) {
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
            for (Throwable suppressed : cause.getSuppressed()) {
                addCauses(suppressed, causes);
            }
        }
    }

    private static Optional<KocException> explainOutside(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (!(cause instanceof KocException) && NO_SPACE.matcher(message).find()) {
            return Optional.of(KocException.tryLater(
                    "no space is left to write" + fileIn(message),
                    firstLine(NO_SPACE.matcher(message)
                                    .results()
                                    .findFirst()
                                    .orElseThrow()
                                    .group())
                            + space(),
                    "make room, in the warehouse or in Spark's local folder (koc.spark.spark.local.dir), and go on;"
                            + " no table holds a part of a day's rows"));
        }
        if (cause instanceof DeltaConcurrentModificationException) {
            return Optional.of(KocException.tryLater(
                    "a table was written by another process at the same time",
                    firstLine(message),
                    "wait until the other process has ended, and go on; this write has changed nothing"));
        }
        return explainMissingLibrary(cause, message);
    }

    private static Optional<KocException> explainMissingLibrary(Throwable cause, String message) {
        Matcher scheme = NO_FILE_SYSTEM.matcher(message);
        boolean isUnknownScheme = cause instanceof UnsupportedFileSystemException && scheme.find();
        Matcher missing = NO_CLASS.matcher(message);
        boolean isMissingClass = (cause instanceof ClassNotFoundException
                        || cause instanceof NoClassDefFoundError
                        || cause.getCause() instanceof ClassNotFoundException)
                && missing.find();
        if (!isUnknownScheme && !isMissingClass) {
            return Optional.empty();
        }
        String found = isUnknownScheme
                ? "no library for " + scheme.group(1) + ":// paths is on the class path"
                : "the class " + missing.group(1) + " is not on the class path";
        return Optional.of(KocException.usage(
                "a folder is on a storage whose library is missing",
                found,
                "add the library to spark-submit with --jars (for s3a:// hadoop-aws " + VersionInfo.getVersion()
                        + " and the SDK that it needs), or use a path of a storage that is installed"));
    }

    private static Optional<KocException> explainDamage(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        boolean isDamage = cause instanceof SparkThrowable spark
                && DAMAGED.stream().anyMatch(String.valueOf(spark.getCondition())::startsWith);
        if (!isDamage) {
            return Optional.empty();
        }
        Optional<String> path = unreadablePath(cause);
        String text = message + " " + (cause instanceof SparkThrowable spark ? spark.getMessageParameters() : "");
        Matcher file = path.map(TABLE_FILE_PATH::matcher).orElseGet(() -> TABLE_FILE.matcher(text));
        while (file.find()) {
            Optional<Table> table =
                    table(file.group(2)).filter(found -> found.dateColumn().equals(file.group(3)));
            if (table.isPresent() && !isLandingFolder(Objects.toString(file.group(1), "") + file.group(2))) {
                return Optional.of(DamagedTable.file(
                        table.get(),
                        file.group(4),
                        file.group(5),
                        firstLine(String.valueOf((cause.getCause() == null ? cause : cause.getCause()).getMessage()))));
            }
        }
        Matcher log = path.map(LOG_PATH::matcher).orElseGet(() -> LOG_FILE.matcher(text));
        if (log.find()) {
            return Optional.of(DamagedTable.log(log.group(1), firstLine(message)));
        }
        return Optional.empty();
    }

    /** The path of the file that Spark could not read; Spark writes it as a URI. Empty for other failures. */
    static Optional<String> unreadablePath(Throwable failure) {
        return failure instanceof SparkThrowable spark
                        && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")
                ? Optional.ofNullable(spark.getMessageParameters().get("path")).map(StorageFailure::decoded)
                : Optional.empty();
    }

    private static String decoded(String path) {
        try {
            return new Path(new URI(path)).toString();
        } catch (URISyntaxException | IllegalArgumentException plain) {
            return path;
        }
    }

    /** Whether a folder with the name of a table is there, and has no log: it is a source of the landing. */
    private static boolean isLandingFolder(String folder) {
        try {
            Path path = new Path(folder);
            FileSystem files = path.getFileSystem(SparkHadoopUtil.get().conf());
            return files.exists(path) && !files.exists(new Path(path, "_delta_log"));
        } catch (IOException | IllegalArgumentException unknown) {
            return false;
        }
    }

    private static Optional<Table> table(String name) {
        return Catalog.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
    }

    private static String fileIn(String message) {
        Matcher file = Pattern.compile("(/[^\\s:\"']+)").matcher(message);
        return file.find() ? " " + file.group(1) : "";
    }

    /** The free space of Spark's local folders. */
    private static String space() {
        SparkEnv environment = SparkEnv.get();
        String local = environment == null
                ? System.getProperty("java.io.tmpdir", "/tmp")
                : environment.conf().get("spark.local.dir", System.getProperty("java.io.tmpdir", "/tmp"));
        List<String> free = new ArrayList<>();
        for (String folder : local.split(",", -1)) {
            free.add(String.format(Locale.ROOT, "%s has %,d MB free", folder, new File(folder).getUsableSpace() >> 20));
        }
        return "; Spark's local folder " + String.join(", ", free);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
