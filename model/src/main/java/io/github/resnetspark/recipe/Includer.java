package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.regex.Pattern;

/** Handles all forms of HOCON's include statement. The configuration library's own includer is never used. */
abstract class Includer implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private static final Pattern URL_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /** {@code include "name"}. */
    abstract ConfigObject named(String name);

    /** {@code include file("path")}. */
    abstract ConfigObject file(String path);

    /** A URL or a resource on the class path. */
    abstract ConfigObject elsewhere(String address);

    @Override
    public final ConfigObject include(ConfigIncludeContext context, String what) {
        return URL_START.matcher(what).matches() ? elsewhere(what) : named(what);
    }

    @Override
    public final ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return file(what.getPath());
    }

    @Override
    public final ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        return elsewhere(what.toString());
    }

    @Override
    public final ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return elsewhere(what);
    }

    @Override
    public final ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }
}
