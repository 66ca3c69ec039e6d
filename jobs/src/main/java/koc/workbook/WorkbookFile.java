package koc.workbook;

import java.io.IOException;
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

/** Makes the bytes of a workbook depend on nothing but its content. */
final class WorkbookFile {
    /** The earliest time in a zip file. */
    private static final LocalDateTime TIME = LocalDateTime.parse("1980-01-01T00:00:00");

    private WorkbookFile() {}

    /**
     * Copies a workbook, with fixed times instead of those at which it was written. Copies of equal workbooks are equal.
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
                if (entry.getName().equals("docProps/core.xml")) {
                    String about = new String(
                            workbook.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    copy.write(about.replaceFirst("(<dcterms:created[^>]*>)[^<]*", "$1" + day + "T00:00:00Z")
                            .getBytes(StandardCharsets.UTF_8));
                } else {
                    workbook.getInputStream(entry).transferTo(copy);
                }
                copy.closeEntry();
            }
        }
    }
}
