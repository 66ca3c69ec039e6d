package koc.source;

/**
 * A CSV or JSON file of which the beginning has been read.
 *
 * @param file the file
 * @param encoding its encoding
 * @param layout which of its values go to which columns
 */
record ProbedText(LandingFile file, FileEncoding encoding, TextLayout layout) {
    /** Whether several tasks may read it: a line can be found without reading the file from its start. */
    boolean canBeSplit() {
        return !file.isGzip() && encoding.unitBytes() == 1 && !layout.format().isMultiLine();
    }

    /** The lines that begin between these positions. */
    FilePart part(long start, long end) {
        return new FilePart(file, layout, encoding.charset().name(), encoding.markBytes(), start, end);
    }
}
