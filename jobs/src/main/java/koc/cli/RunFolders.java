package koc.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import koc.error.KocException;
import koc.warehouse.WarehouseLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Checks that a run can use its folders, before any work starts. */
final class RunFolders {
    private static final String LANDING_REMEDY =
            "name with --landing a folder that has one folder per source: events, users, products, ...";
    private static final String WAREHOUSE_REMEDY = "name with --warehouse a folder that this process may write to";

    /** Marks a folder as made by the demo; no other folder is emptied. */
    private static final String DEMO_MARKER = "MADE_BY_KOC_DEMO.txt";

    private RunFolders() {}

    /** Checks that the landing folder exists. */
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

    /** Checks that a file can be created and deleted in the warehouse folder. Creates the folder if it is absent. */
    static void requireWritable(Configuration hadoop, String warehouse) {
        inWarehouse(hadoop, warehouse, "cannot be written", (files, folder) -> {
            if (!files.mkdirs(folder)) {
                throw new IOException("the folder could not be made");
            }
            Path probe = new Path(folder, ".koc-probe-" + UUID.randomUUID());
            files.create(probe).close();
            files.delete(probe, false);
        });
    }

    /** Refuses a folder with content that no demo made. Changes nothing. */
    static void requireDemo(Configuration hadoop, String warehouse) {
        inWarehouse(hadoop, warehouse, "cannot be read", (files, folder) -> {
            FileStatus[] found = files.exists(folder) ? files.listStatus(folder) : new FileStatus[0];
            if (found.length > 0 && !files.exists(new Path(folder, DEMO_MARKER))) {
                throw KocException.usage(
                        "warehouse " + warehouse + ": not empty, and no demo made it",
                        "it contains " + found[0].getPath().getName() + "; the demo needs an empty folder",
                        "name another folder with --warehouse, or remove this one if you do not need it");
            }
        });
    }

    /** Empties the folder of a demo, so that each demo starts from nothing. Its lock, which this demo holds, stays. */
    static void emptyDemo(Configuration hadoop, String warehouse) {
        inWarehouse(hadoop, warehouse, "cannot be emptied", (files, folder) -> {
            files.mkdirs(folder);
            Path marker = new Path(folder, DEMO_MARKER);
            if (!files.exists(marker)) {
                try (FSDataOutputStream text = files.create(marker)) {
                    text.write(
                            "bin/koc demo empties this folder each time it starts.\n".getBytes(StandardCharsets.UTF_8));
                }
            }
            for (FileStatus file : files.listStatus(folder)) {
                String name = file.getPath().getName();
                if (!name.equals(DEMO_MARKER) && !name.equals(WarehouseLock.FOLDER)) {
                    files.delete(file.getPath(), true);
                }
            }
        });
    }

    /** Something done in a folder. */
    private interface FolderAction {
        void run(FileSystem files, Path folder) throws IOException;
    }

    /** Turns a failure of storage into one that says which folder it was, and what could not be done in it. */
    private static void inWarehouse(Configuration hadoop, String warehouse, String problem, FolderAction action) {
        try {
            Path folder = new Path(warehouse);
            action.run(folder.getFileSystem(hadoop), folder);
        } catch (IOException | IllegalArgumentException failure) {
            throw KocException.usage("warehouse " + warehouse + ": " + problem, why(failure), WAREHOUSE_REMEDY)
                    .causedBy(failure);
        }
    }

    private static String why(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
