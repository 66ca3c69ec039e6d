package koc.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The versions that jars carry in their manifests. */
final class Version implements IVersionProvider {
    /** The version of the jar that a class comes from; {@code development} for classes outside a jar. */
    static String of(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"koc-pipeline " + of(Version.class)};
    }
}
