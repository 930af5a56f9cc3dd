package io.github.resnetspark.job.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference page of all commands in Markdown, generated from what {@code --help} prints. */
final class CommandsPage {
    private static final String INTRODUCTION =
            """
            # Commands

            `deploy/bin/resnet-spark COMMAND` runs a command in this process, with Spark inside it. `deploy/yarn/submit COMMAND` and
            `deploy/k8s/submit COMMAND` run it on a cluster. `resnet-spark COMMAND --help` says the same. The keys that
            `--set` takes are in [settings.md](settings.md).

            """;

    private static final String FOR_DEVELOPERS =
            """

            ## For developers

            This page is generated from the declarations of the commands. To change it, change the declaration and generate the page
            again:

            ```bash
            mvn -B -q -pl spark-job -am test -Dtest=CommandsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dcommands.write=true
            ```
            """;

    /** Longest line of a paragraph. */
    private static final int WIDTH = 120;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);
    private final List<CommandSpec> commands;
    private final List<String> common;

    private CommandsPage(CommandLine root) {
        this.commands = commands(root.getCommandSpec());
        this.common = common(commands);
    }

    static String of(CommandLine root) {
        CommandsPage made = new CommandsPage(root);
        made.overview();
        made.commonOptions();
        made.commands.forEach(made::command);
        return made.page.append(FOR_DEVELOPERS).toString();
    }

    /** All commands below one, in the order of the help. */
    static List<CommandSpec> commands(CommandSpec parent) {
        List<CommandSpec> all = new ArrayList<>();
        for (CommandLine command : parent.subcommands().values()) {
            all.add(command.getCommandSpec());
            all.addAll(commands(command.getCommandSpec()));
        }
        return all;
    }

    /** Options that all commands have, except for those that only hold others. */
    private static List<String> common(List<CommandSpec> commands) {
        List<String> common = new ArrayList<>();
        for (CommandSpec command : commands) {
            if (command.subcommands().isEmpty()) {
                List<String> names =
                        command.options().stream().map(OptionSpec::longestName).toList();
                if (common.isEmpty()) {
                    common.addAll(names);
                }
                common.retainAll(names);
            }
        }
        return common;
    }

    private void overview() {
        page.append("| command | what it does |\n|---|---|\n");
        for (CommandSpec command : commands) {
            String name = command.qualifiedName();
            page.append("| [`")
                    .append(name)
                    .append("`](#")
                    .append(name.replace(' ', '-'))
                    .append(") | ")
                    .append(escaped(command.usageMessage().description()[0]))
                    .append(" |\n");
        }
    }

    private void commonOptions() {
        page.append("\n## Options of all commands\n\n");
        options(commands.get(0).options().stream()
                .filter(option -> common.contains(option.longestName()))
                .toList());
        page.append("\nWithout `--conf`, a command uses the defaults of all keys.\n");
    }

    private void command(CommandSpec command) {
        page.append("\n## ").append(command.qualifiedName()).append("\n\n");
        for (String paragraph : command.usageMessage().description()) {
            page.append(wrapped(escaped(paragraph.strip()))).append('\n');
        }
        page.append("\n```text\n").append(synopsis(command)).append("```\n");
        List<OptionSpec> own = command.options().stream()
                .filter(option -> !common.contains(option.longestName()))
                .toList();
        if (!own.isEmpty() || !command.positionalParameters().isEmpty()) {
            page.append('\n');
            parameters(command.positionalParameters(), own);
        }
        if (command.subcommands().isEmpty()) {
            exitCodes(command.usageMessage().exitCodeList());
            examples(command.usageMessage().footer());
        }
    }

    private static String synopsis(CommandSpec command) {
        Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
        return help.synopsis(0).stripTrailing() + "\n";
    }

    private void parameters(List<PositionalParamSpec> positional, List<OptionSpec> options) {
        Map<String, String> rows = new LinkedHashMap<>();
        positional.forEach(parameter -> rows.put(parameter.paramLabel(), String.join(" ", parameter.description())));
        rows.forEach(
                (name, text) -> row(name, text, rows.keySet().iterator().next().equals(name)));
        options(options, rows.isEmpty());
    }

    private void options(List<OptionSpec> options) {
        options(options, true);
    }

    private void options(List<OptionSpec> options, boolean first) {
        boolean head = first;
        for (OptionSpec option : options) {
            String names = String.join("`, `", option.names());
            String label = option.arity().max() == 0
                    ? ""
                    : " " + String.join(" ", Collections.nCopies(option.arity().max(), option.paramLabel()));
            row(names + label, String.join(" ", option.description()) + (option.required() ? " Required." : ""), head);
            head = false;
        }
    }

    private void row(String name, String text, boolean first) {
        if (first) {
            page.append("| option | what it does |\n|---|---|\n");
        }
        page.append("| `").append(name).append("` | ").append(escaped(text)).append(" |\n");
    }

    private void exitCodes(Map<String, String> codes) {
        page.append("\n| exit code | meaning |\n|---|---|\n");
        codes.forEach((code, meaning) -> page.append("| ")
                .append(code)
                .append(" | ")
                .append(escaped(meaning))
                .append(" |\n"));
    }

    /** The footer: an empty line, a heading, and commands that are indented by two blanks. */
    private void examples(String... footer) {
        String commands =
                Arrays.stream(footer).skip(2).map(line -> line.substring(2)).collect(Collectors.joining("\n"));
        page.append("\n```bash\n").append(commands).append("\n```\n");
    }

    private static String wrapped(String paragraph) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : paragraph.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("<", "\\<").replace("*", "\\*").replace("|", "\\|");
    }
}
