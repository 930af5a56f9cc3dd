package io.github.resnetspark.job.report;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.github.resnetspark.page.PageTable;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The settings of a run, or what is different between several; and the network. */
final class RecipeSection {
    private RecipeSection() {}

    /** All settings of a run. Those that an empty recipe does not have are bold and come first. */
    static DomContent settings(RunDescription run) {
        PageTable table = new PageTable(3, "setting", "value", "default");
        for (boolean changed : new boolean[] {true, false}) {
            new TreeSet<>(run.settings().keySet())
                    .stream()
                            .filter(setting -> run.isChanged(setting) == changed)
                            .forEach(setting -> {
                                String value = run.settings().get(setting);
                                table.cells(List.of(
                                        changed ? span(setting).withClass("changed") : text(setting),
                                        changed ? span(value).withClass("changed") : text(value),
                                        text(changed ? run.defaults().getOrDefault(setting, "–") : "")));
                            });
        }
        return section(h2("Recipe"), table.html());
    }

    /** The settings that are not the same in all runs. */
    static DomContent differences(List<RunReport> runs) {
        List<RunReport> described =
                runs.stream().filter(run -> run.description().isPresent()).toList();
        return differences(
                described.stream().map(RunReport::name).toList(),
                described.stream()
                        .map(run -> run.description().get().settings())
                        .toList());
    }

    /**
     * The settings that are not the same in all runs.
     *
     * @param runs their names
     * @param settings those of each run
     */
    static DomContent differences(List<String> runs, List<Map<String, String>> settings) {
        TreeSet<String> names = new TreeSet<>();
        settings.forEach(values -> names.addAll(values.keySet()));
        String[] heads = Stream.concat(Stream.of("setting"), runs.stream()).toArray(String[]::new);
        PageTable table = new PageTable(heads.length, heads);
        int different = 0;
        for (String name : names) {
            List<String> values =
                    settings.stream().map(of -> of.getOrDefault(name, "–")).toList();
            if (values.stream().distinct().count() > 1) {
                different++;
                table.row(Stream.concat(Stream.of(name), values.stream()).toArray(String[]::new));
            }
        }
        return section(
                h2("Different settings"),
                different == 0 ? p("None: the recipes of these runs are the same.") : table.html());
    }

    /** The stages of the network. */
    static DomContent network(RunDescription run) {
        PageTable table = new PageTable(1, "stage", "layers", "output", "parameters", "multiply-adds");
        long parameters = 0;
        long multiplyAdds = 0;
        for (RunDescription.Stage stage : run.stages()) {
            parameters += stage.parameters();
            multiplyAdds += stage.multiplyAdds();
            table.row(
                    stage.name(),
                    Integer.toString(stage.layers()),
                    stage.output(),
                    number(stage.parameters()),
                    number(stage.multiplyAdds()));
        }
        table.row("all", "", "", number(parameters), number(multiplyAdds));
        return section(h2("Network"), p(run.network() + ", for one picture").withClass("note"), table.html());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
