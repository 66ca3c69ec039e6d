package koc.source;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The rows of some parts of text files, read one after the other. */
final class PartRows implements Iterator<InternalRow> {
    private final Iterator<FilePart> parts;
    private final TextFilter[] filters;
    private final Configuration hadoop;
    private final LocalDate flatArrival;
    private @Nullable OpenPart open;
    private @Nullable InternalRow next;

    /**
     * @param filters what changes the texts of each column
     * @param flatArrival the day on which a file outside of {@code arrived=} folders arrived
     */
    PartRows(Iterator<FilePart> parts, TextFilter[] filters, Configuration hadoop, LocalDate flatArrival) {
        this.parts = parts;
        this.filters = filters;
        this.hadoop = hadoop;
        this.flatArrival = flatArrival;
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> close());
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && (open != null || parts.hasNext())) {
            if (open == null) {
                open = new OpenPart(parts.next());
            }
            next = open.next();
            if (next == null) {
                close();
            }
        }
        return next != null;
    }

    @Override
    public InternalRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        InternalRow row = next;
        next = null;
        return row;
    }

    private void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** The part that is being read. */
    private final class OpenPart {
        private final FilePart part;
        private final UTF8String file;
        private final int arrived;
        private final LineReader lines;
        private final Records records;

        OpenPart(FilePart part) {
            this.part = part;
            this.file = UTF8String.fromString(part.file().name());
            LocalDate day = part.file().arrived();
            this.arrived = (int) (day == null ? flatArrival : day).toEpochDay();
            try {
                this.lines = part.open(hadoop);
            } catch (IOException failure) {
                throw FileProbe.unreadable(part.file(), failure);
            }
            this.records = part.records(lines);
        }

        @Nullable
        InternalRow next() {
            try {
                TextRecord read = records.next();
                return read == null ? null : row(read);
            } catch (IOException failure) {
                throw FileProbe.unreadable(part.file(), failure);
            }
        }

        private InternalRow row(TextRecord read) {
            @Nullable UTF8String[] values = read.values();
            @Nullable Object[] all = new Object[values.length + TextFiles.ORIGIN_COLUMNS];
            for (int i = 0; i < values.length; i++) {
                UTF8String value = values[i];
                all[i] = value == null ? null : filters[i].apply(value);
            }
            all[values.length] = read.malformed() == null ? null : UTF8String.fromString(read.malformed());
            all[values.length + 1] = read.covered();
            all[values.length + 2] = file;
            all[values.length + 3] = arrived;
            return new GenericInternalRow(all);
        }

        void close() {
            try {
                lines.close();
            } catch (IOException failure) {
                throw FileProbe.unreadable(part.file(), failure);
            }
        }
    }
}
