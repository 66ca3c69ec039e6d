package koc.source;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads some rows of a Parquet file as texts, with the values that the pipeline reads. */
final class ParquetSample {
    private static final int MAX_ROWS = 2000;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

    private ParquetSample() {}

    /** The first rows of the file. */
    static FileSample read(LandingFile file, Configuration hadoop) throws IOException {
        Path path = new Path(file.path());
        FileProbe probe = FileProbe.probe(file, "", FileSample.plain(), hadoop);
        List<ParquetColumn> columns = ParquetColumn.of(Objects.requireNonNull(probe.schema())).stream()
                .filter(column -> column.type().isPrimitive() && !column.type().isRepetition(Type.Repetition.REPEATED))
                .toList();
        List<@Nullable String[]> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(new GroupReadSupport(), path)
                .withConf(hadoop)
                .build()) {
            for (Group row = reader.read(); row != null && rows.size() < MAX_ROWS; row = reader.read()) {
                @Nullable String[] values = new String[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(row, columns.get(i));
                }
                rows.add(values);
            }
        } catch (ParquetDecodingException damaged) {
            throw FileProbe.unreadable(file, new IOException(damaged));
        }
        return new FileSample(
                file,
                FileSample.plain(),
                columns.stream().map(ParquetColumn::name).toList(),
                rows,
                0,
                List.of("Parquet with its own types"),
                true,
                rows.size() < MAX_ROWS);
    }

    private static @Nullable String value(Group row, ParquetColumn column) {
        Group group = row;
        List<String> path = column.path();
        for (String name : path.subList(0, path.size() - 1)) {
            if (group.getFieldRepetitionCount(name) == 0) {
                return null;
            }
            group = group.getGroup(name, 0);
        }
        String name = path.get(path.size() - 1);
        return group.getFieldRepetitionCount(name) == 0 ? null : text(group, name, column.type());
    }

    private static String text(Group group, String name, Type type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT96 -> {
                NanoTime time = NanoTime.fromBinary(group.getInt96(name, 0));
                long seconds = (time.getJulianDay() - JULIAN_DAY_OF_EPOCH) * SECONDS_OF_DAY;
                yield Instant.ofEpochSecond(seconds, time.getTimeOfDayNanos()).toString();
            }
            case INT64 ->
                logical instanceof TimestampLogicalTypeAnnotation timestamp
                        ? instant(group.getLong(name, 0), timestamp)
                        : number(BigInteger.valueOf(group.getLong(name, 0)), logical);
            case INT32 ->
                logical instanceof DateLogicalTypeAnnotation
                        ? LocalDate.ofEpochDay(group.getInteger(name, 0)).toString()
                        : number(BigInteger.valueOf(group.getInteger(name, 0)), logical);
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                logical instanceof DecimalLogicalTypeAnnotation
                        ? number(new BigInteger(group.getBinary(name, 0).getBytes()), logical)
                        : group.getBinary(name, 0).toStringUsingUTF8();
            default -> group.getValueToString(group.getType().getFieldIndex(name), 0);
        };
    }

    private static String number(BigInteger unscaled, @Nullable LogicalTypeAnnotation logical) {
        return logical instanceof DecimalLogicalTypeAnnotation decimal
                ? new BigDecimal(unscaled, decimal.getScale()).toPlainString()
                : unscaled.toString();
    }

    private static String instant(long value, TimestampLogicalTypeAnnotation timestamp) {
        long units =
                switch (timestamp.getUnit()) {
                    case MILLIS -> 1_000L;
                    case MICROS -> 1_000_000L;
                    case NANOS -> 1_000_000_000L;
                };
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, units), Math.floorMod(value, units) * (1_000_000_000L / units));
        return timestamp.isAdjustedToUTC()
                ? instant.toString()
                : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
