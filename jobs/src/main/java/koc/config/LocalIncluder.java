package koc.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import koc.error.KocException;
import org.jspecify.annotations.Nullable;

/**
 * Includes files of this machine in a configuration file. A file that does not exist is an error, because its settings would
 * be missing without a word. An address is refused: settings do not come from the network.
 */
final class LocalIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        if (what.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw address(what);
        }
        ConfigParseable file = context.relativeTo(what);
        if (file == null) {
            throw missing(what, null);
        }
        try {
            return file.parse(context.parseOptions().setAllowMissing(false));
        } catch (ConfigException.IO absent) {
            throw missing(what, absent);
        }
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        ConfigParseable relative = what.isAbsolute() ? null : context.relativeTo(what.getPath());
        try {
            return relative != null && !what.isFile()
                    ? relative.parse(context.parseOptions().setAllowMissing(false))
                    : ConfigFactory.parseFile(what, context.parseOptions().setAllowMissing(false))
                            .root();
        } catch (ConfigException.IO absent) {
            throw missing(what.getPath(), absent);
        }
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        throw address(what.getProtocol() + "://" + what.getHost());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        throw KocException.usage(
                "configuration: include classpath(\"" + what + "\")",
                "only files can be included",
                "copy it to a file and write include \"file.conf\"");
    }

    private static KocException address(String what) {
        return KocException.usage(
                "configuration: include of "
                        + what.replaceFirst("(?<=://)[^/@]*@", "").replaceFirst("[?].*", ""),
                "settings are not read from an address",
                "download it once and write include \"file.conf\"");
    }

    private static KocException missing(String what, @Nullable Throwable cause) {
        KocException failure = KocException.usage(
                "configuration: include of " + what + ": no such file",
                "the settings in it would be missing",
                "name a file that exists, relative to the file that includes it");
        return cause == null ? failure : failure.causedBy(cause);
    }
}
