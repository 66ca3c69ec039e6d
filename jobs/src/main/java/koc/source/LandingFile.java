package koc.source;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One file of the landing folder.
 *
 * @param path where it lies, with its file system
 * @param name its path below the landing folder
 * @param format how it is written
 * @param arrived the day of its {@code arrived=} folder; null in a flat source
 * @param bytes its size
 */
public record LandingFile(
        String path, String name, Format format, @Nullable LocalDate arrived, long bytes) {}
