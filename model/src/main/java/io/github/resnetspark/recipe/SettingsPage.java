package io.github.resnetspark.recipe;

import java.util.List;

/** The documentation of declared settings as Markdown: what holds of all recipes, and a table for each section. */
public final class SettingsPage {
    private static final String INTRODUCTION =
            """
            # Settings

            A recipe is one [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md) file, given with `--conf`, of the sections and
            keys below. `--set KEY=VALUE` gives one key another value: it wins over the file, and the file over the defaults. `VALUE` is
            literal text, unless it begins with `[`, `{` or `"`: then it is HOCON. An option of a command that stands for a key wins over
            both. Amounts of memory and times are written with their unit (`64 MiB`, `10 s`).

            This page is made of the declarations that recipes are read by. To change a key, change its declaration, and write the page anew:

            ```
            mvn -B -q -pl spark-job -am test -Dtest=SettingsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true
            ```
            """;

    private SettingsPage() {}

    /** The page, its sections in the given order. */
    public static String of(List<DeclaredSection> sections) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (DeclaredSection section : sections) {
            page.append("\n## ").append(section.name()).append("\n\n");
            page.append(section.help()).append("\n\n");
            page.append("| key | type and range | default | what it does |\n|---|---|---|---|\n");
            section.settings().forEach(setting -> page.append(row(section, setting)));
        }
        return page.toString();
    }

    private static String row(DeclaredSection section, Setting<?> setting) {
        return "| `" + section.name() + "." + setting.key() + "` | " + setting.typeInWords() + " | "
                + setting.defaultInWords() + " | " + setting.help() + " |\n";
    }
}
