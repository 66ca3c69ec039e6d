package koc.publish;

import java.util.Set;

/** How a new run replaces the previous one; the possible ways depend on the file system. */
enum PublishLayout {
    /** {@code published} is a symbolic link to the folder of the run; a new link is renamed over it, which is atomic. */
    LINK,
    /** {@code published} is the folder of the run; the old folder is renamed away and the new one renamed in. */
    RENAME,
    /** {@code published/current.json} names the folder of the run. Object stores rename by copying, so nothing is renamed. */
    POINTER;

    private static final Set<String> WITH_CHEAP_RENAME =
            Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "ofs", "maprfs");

    /** The layout for a file system; POINTER for unknown ones, because it needs no renames. */
    static PublishLayout defaultFor(String scheme) {
        if (scheme.equals("file")) {
            return LINK;
        }
        return WITH_CHEAP_RENAME.contains(scheme) ? RENAME : POINTER;
    }
}
