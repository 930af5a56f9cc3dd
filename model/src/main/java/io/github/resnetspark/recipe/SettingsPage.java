package io.github.resnetspark.recipe;

import java.util.List;
import java.util.function.BiFunction;

/** The documentation of all declared settings as Markdown: an introduction, and a table for each section. */
public final class SettingsPage {
    private static final String INTRODUCTION =
            """
            # Settings

            A recipe is one [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md) file with the sections and keys below. All keys
            are optional unless the table says which command requires them. Pass the file with `--conf`.

            To override one key, add `--set KEY=VALUE`. An option of a command wins over `--set`, `--set` wins over the file, and the file
            wins over the defaults. `VALUE` is literal text. If it starts with `[`, `{` or `"`, it is HOCON. Write amounts of memory and
            times with their unit: `64 MiB`, `10 s`.

            The column "on resume" says whether a key may change when a stopped run resumes:

            - "no": the run is refused if the value changed, because the result would be another one.
            - "may rise": a larger value continues the run, a smaller one is refused.
            - "yes": the key does not decide the result, and the new value applies from now on.
            - "names the run": another value finds another run, or starts one.

            For `prepare`, `registry`, `promote`, `prune` and `retrain` the column is about `resnet-spark retrain` with the same `--run-id`.
            For all other sections it is about `resnet-spark train`. `retrain` is stricter there in two ways: it also refuses another
            `train.epochs` and another `data.shards`.
            """;

    private static final String FOR_DEVELOPERS =
            """

            ## For developers

            This page is generated from the declarations in the code. To change a key, change its declaration and generate the page again:

            ```bash
            mvn -B -q -pl spark-job -am test -Dtest=SettingsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.write=true
            ```
            """;

    private SettingsPage() {}

    /**
     * The page, its sections in the given order.
     *
     * @param onResume whether a key may change when a run resumes, in a word or two
     */
    public static String of(List<DeclaredSection> sections, BiFunction<DeclaredSection, Setting<?>, String> onResume) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (DeclaredSection section : sections) {
            page.append("\n## ").append(section.name()).append("\n\n");
            page.append(section.help()).append("\n\n");
            page.append("| key | type and range | default | on resume | description |\n|---|---|---|---|---|\n");
            section.settings().forEach(setting -> page.append(row(section, setting, onResume.apply(section, setting))));
        }
        return page.append(FOR_DEVELOPERS).toString();
    }

    private static String row(DeclaredSection section, Setting<?> setting, String onResume) {
        return "| `" + section.name() + "." + setting.key() + "` | " + setting.typeInWords() + " | "
                + setting.defaultInWords() + " | " + onResume + " | " + setting.help() + " |\n";
    }
}
