package koc.sample;

import java.util.List;
import java.util.stream.Collectors;
import koc.error.KocException;

/** The supported public data sets. */
public final class Importers {
    private static final List<Importer> ALL = List.of(new CdnowImport(), new OnlineRetailImport());

    private Importers() {}

    /** Every importer. */
    public static List<Importer> all() {
        return ALL;
    }

    /** The importer with this name; an unknown name is a usage error that lists the supported ones. */
    public static Importer named(String name) {
        return ALL.stream()
                .filter(importer -> importer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> KocException.usage(
                        "import " + name + ": unknown format",
                        "known formats are " + ALL.stream().map(Importer::name).collect(Collectors.joining(", ")),
                        "give one of them"));
    }
}
