package koc.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import koc.error.KocException;

/** The folder that is written to. */
final class LandingFolder {
    private LandingFolder() {}

    /** Old and new rows must not mix: none of the folders that are about to be written may be there. */
    static void checkFree(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw KocException.usage("--out " + out + ": is a file", "expected a folder", "give another path");
        }
        List<String> taken = new ArrayList<>();
        for (Source source : Source.ALL) {
            if (Files.exists(out.resolve(source.name()))) {
                taken.add(source.name());
            }
        }
        if (Files.exists(out.resolve(Truth.FOLDER))) {
            taken.add(Truth.FOLDER);
        }
        if (!taken.isEmpty()) {
            throw KocException.usage(
                    "--out " + out + ": already has " + String.join(", ", taken),
                    "old and new rows would mix",
                    "remove them or give another folder");
        }
    }

    /** The failure to write to it. */
    static KocException notWritable(Path out, Exception failure) {
        return KocException.usage(
                        "--out " + out + ": cannot be written",
                        failure.toString(),
                        "check the path, its permissions and the free space")
                .causedBy(failure);
    }
}
