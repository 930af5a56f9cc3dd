package io.github.resnetspark.recipe;

import java.util.List;

/** The documentation of all declared settings as Markdown: an introduction, and a table for each section. */
public final class SettingsPage {
    private static final String INTRODUCTION =
            """
            # Settings

            A recipe is one [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md) file with the sections and keys below. Pass it
            with `--conf`. `--set KEY=VALUE` overrides one key. `--set` wins over the file, and the file wins over the defaults. `VALUE` is
            literal text unless it begins with `[`, `{` or `"`. Then it is HOCON. A command-line option that stands for a key wins over
            both. Sizes and durations need a unit (`64 MiB`, `10 s`).

            This page is generated from the declarations in the code. To change a key, change its declaration and regenerate the page:

            ```
            mvn -B -q -pl spark-job -am test -Dtest=SettingsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true
            ```
            """;

    private SettingsPage() {}

    /** The page, with the sections in the given order. */
    public static String of(List<DeclaredSection> sections) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (DeclaredSection section : sections) {
            page.append("\n## ").append(section.name()).append("\n\n");
            page.append(section.help()).append("\n\n");
            page.append("| key | type and range | default | description |\n|---|---|---|---|\n");
            section.settings().forEach(setting -> page.append(row(section, setting)));
        }
        return page.toString();
    }

    private static String row(DeclaredSection section, Setting<?> setting) {
        return "| `" + section.name() + "." + setting.key() + "` | " + setting.typeInWords() + " | "
                + setting.defaultInWords() + " | " + setting.help() + " |\n";
    }
}
