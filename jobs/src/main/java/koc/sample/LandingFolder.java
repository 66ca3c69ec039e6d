package koc.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import koc.error.KocException;

/** Checks the folder that a generator or importer writes to. */
final class LandingFolder {
    private LandingFolder() {}

    /** Checks that none of the folders to write exists, because old and new rows would mix. */
    static void checkFree(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw KocException.usage("--out " + out + ": is a file", "expected a folder", "give another path");
        }
        List<String> existing = new ArrayList<>();
        for (Source source : Source.ALL) {
            if (Files.exists(out.resolve(source.name()))) {
                existing.add(source.name());
            }
        }
        if (Files.exists(out.resolve(Truth.FOLDER))) {
            existing.add(Truth.FOLDER);
        }
        if (!existing.isEmpty()) {
            throw KocException.usage(
                    "--out " + out + ": already has " + String.join(", ", existing),
                    "old and new rows would mix",
                    "remove them or give another folder");
        }
    }

    /** The failure for a folder that cannot be written. */
    static KocException notWritable(Path out, Exception failure) {
        return KocException.usage(
                        "--out " + out + ": cannot be written",
                        failure.toString(),
                        "check the path, its permissions and the free space")
                .causedBy(failure);
    }
}
