package koc.source;

import java.io.Serializable;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Changes the texts of a column while CSV and JSON files are read. */
@FunctionalInterface
public interface TextFilter extends Serializable {
    /** The text to use instead of the one in the file; null for no value. */
    @Nullable
    UTF8String apply(UTF8String landed);
}
