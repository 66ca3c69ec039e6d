package koc.cli;

import koc.sample.GeneratorOptions.Sharing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what KOCs share; the words have hyphens. */
final class SharingConverter implements ITypeConverter<Sharing> {
    @Override
    public Sharing convert(String text) {
        return switch (text) {
            case "own-taste" -> Sharing.OWN_TASTE;
            case "trend" -> Sharing.TREND;
            case "pool-taste" -> Sharing.POOL_TASTE;
            default ->
                throw new TypeConversionException("found '" + text + "', expected own-taste, trend or pool-taste");
        };
    }
}
