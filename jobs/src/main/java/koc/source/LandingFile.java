package koc.source;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One file of the landing folder.
 *
 * @param path its full path, with its file system
 * @param name its path relative to the landing folder
 * @param format its file format
 * @param arrived the day of its {@code arrived=} folder; null in a flat source
 * @param bytes its size in bytes
 */
public record LandingFile(
        String path, String name, Format format, @Nullable LocalDate arrived, long bytes) {}
