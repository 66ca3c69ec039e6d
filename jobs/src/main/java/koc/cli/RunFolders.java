package koc.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds out whether the folders of a run can be used before any work is done for it. */
final class RunFolders {
    private static final String LANDING_REMEDY =
            "name with --landing a folder that holds one folder a source: events, users, products, ...";
    private static final String WAREHOUSE_REMEDY = "name with --warehouse a folder that this process may write to";

    /** The file that tells a folder of the demo's own from anybody else's. */
    private static final String DEMO_MARK = "MADE_BY_KOC_DEMO.txt";

    private RunFolders() {}

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

    /**
     * Empties the folder that an earlier demo made, so that each begins anew; a folder that holds anything and was not made
     * by a demo is refused, and nothing in it is touched.
     */
    static void beginDemo(Configuration hadoop, String warehouse) {
        try {
            Path folder = new Path(warehouse);
            FileSystem files = folder.getFileSystem(hadoop);
            files.mkdirs(folder);
            Path mark = new Path(folder, DEMO_MARK);
            boolean isOurs = files.exists(mark);
            FileStatus[] found = files.listStatus(folder);
            if (!isOurs && found.length > 0) {
                throw KocException.usage(
                        "warehouse " + warehouse + ": not a demo's, and not empty",
                        "it holds " + found[0].getPath().getName() + "; the demo begins with an empty folder",
                        "name another folder with --warehouse, or remove this one if you do not need it");
            }
            for (FileStatus file : found) {
                if (!file.getPath().getName().equals(DEMO_MARK)) {
                    files.delete(file.getPath(), true);
                }
            }
            if (!isOurs) {
                try (FSDataOutputStream text = files.create(mark)) {
                    text.write(
                            "bin/koc demo empties this folder whenever it begins.\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | IllegalArgumentException failure) {
            throw KocException.usage("warehouse " + warehouse + ": cannot be emptied", why(failure), WAREHOUSE_REMEDY)
                    .causedBy(failure);
        }
    }

    private static String why(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
