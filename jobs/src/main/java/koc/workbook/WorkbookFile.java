package koc.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Completes the workbooks that fastexcel writes: fixed times, and a margin for the signs that unfold columns. */
final class WorkbookFile {
    /** The earliest time in a zip file. */
    private static final LocalDateTime TIME = LocalDateTime.parse("1980-01-01T00:00:00");

    /** Bytes at the start of a sheet that hold everything before its rows. */
    private static final int START_BYTES = 1 << 16;

    private WorkbookFile() {}

    /**
     * Copies a workbook with fixed times instead of those at which it was written: copies of equal workbooks are equal.
     *
     * @param day the date on which the copy says it was created
     */
    static void copy(Path from, Path to, LocalDate day) throws IOException {
        try (ZipFile workbook = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream copy = new ZipOutputStream(file)) {
            List<? extends ZipEntry> entries = Collections.list(workbook.entries());
            for (ZipEntry entry : entries) {
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTimeLocal(TIME);
                copy.putNextEntry(same);
                try (InputStream content = workbook.getInputStream(entry)) {
                    // One character is one byte here, so that nothing changes but what is replaced.
                    String start = new String(content.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
                    copy.write(completed(entry.getName(), start, day).getBytes(StandardCharsets.ISO_8859_1));
                    content.transferTo(copy);
                }
                copy.closeEntry();
            }
        }
    }

    private static String completed(String name, String start, LocalDate day) {
        if (name.equals("docProps/core.xml")) {
            return start.replaceFirst("(<dcterms:created[^>]*>)[^<]*", "$1" + day + "T00:00:00Z");
        }
        return name.startsWith("xl/worksheets/") && start.contains(" outlineLevel=\"1\"")
                ? start.replaceFirst("<sheetFormatPr ", "<sheetFormatPr outlineLevelCol=\"1\" ")
                : start;
    }
}
