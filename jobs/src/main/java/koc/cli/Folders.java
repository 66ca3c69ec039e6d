package koc.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds out whether the folders of a run can be used before any work is done for it. */
final class Folders {
    private static final String LANDING_REMEDY =
            "name with --landing a folder that holds one folder a source: events, users, products, ...";
    private static final String WAREHOUSE_REMEDY = "name with --warehouse a folder that this process may write to";

    private Folders() {}

    /** The landing folder is there. */
    static void requireLanding(Configuration hadoop, String landing) {
        try {
            Path path = new Path(landing);
            FileSystem files = path.getFileSystem(hadoop);
            if (!files.getFileStatus(path).isDirectory()) {
                throw KocException.input("landing " + landing + ": not a folder", "expected a folder", LANDING_REMEDY);
            }
        } catch (FileNotFoundException missing) {
            throw KocException.input("landing " + landing + ": no such folder", "nothing is there", LANDING_REMEDY);
        } catch (IOException | IllegalArgumentException failure) {
            throw KocException.input("landing " + landing + ": cannot be read", why(failure), LANDING_REMEDY)
                    .causedBy(failure);
        }
    }

    /** A file can be created in the warehouse folder and deleted again; the folder is made when it is not there. */
    static void requireWritable(Configuration hadoop, String warehouse) {
        try {
            Path folder = new Path(warehouse);
            FileSystem files = folder.getFileSystem(hadoop);
            if (!files.mkdirs(folder)) {
                throw new IOException("the folder could not be made");
            }
            Path probe = new Path(folder, ".koc-probe-" + UUID.randomUUID());
            files.create(probe).close();
            files.delete(probe, false);
        } catch (IOException | IllegalArgumentException failure) {
            throw KocException.usage("warehouse " + warehouse + ": cannot be written", why(failure), WAREHOUSE_REMEDY)
                    .causedBy(failure);
        }
    }

    private static String why(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
