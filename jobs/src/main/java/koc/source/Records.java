package koc.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a text file, or of a part of one, in order. */
interface Records {
    /** The next record; null after the last one. */
    @Nullable
    TextRecord next() throws IOException;
}
