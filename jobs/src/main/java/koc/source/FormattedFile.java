package koc.source;

import java.io.Serializable;

/**
 * A landing file, and how a source that reads it says that it is written.
 *
 * @param file the file
 * @param format how it is written
 */
public record FormattedFile(LandingFile file, SourceFormat format) implements Serializable {}
