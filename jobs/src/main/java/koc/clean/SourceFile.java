package koc.clean;

/**
 * A file as one source reads it: two sources may read the same file.
 *
 * @param source the source
 * @param name path of the file, relative to the landing folder
 */
record SourceFile(Source source, String name) {}
