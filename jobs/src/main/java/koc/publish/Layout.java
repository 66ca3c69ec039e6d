package koc.publish;

import java.util.Set;

/** How a whole run takes the place of the one before, as the file system allows. */
enum Layout {
    /** published is a symbolic link to the run's folder; a new link is renamed over it, which is atomic. */
    LINK,
    /** published is the run's folder; the old one is renamed away and the new one renamed in. */
    RENAME,
    /** published/current.json names the run's folder; nothing is renamed, for object stores copy to rename. */
    POINTER;

    private static final Set<String> WITH_CHEAP_RENAME =
            Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "ofs", "maprfs");

    /** The layout for a file system: what is not known gets the one that asks least of it. */
    static Layout of(String scheme) {
        if (scheme.equals("file")) {
            return LINK;
        }
        return WITH_CHEAP_RENAME.contains(scheme) ? RENAME : POINTER;
    }
}
