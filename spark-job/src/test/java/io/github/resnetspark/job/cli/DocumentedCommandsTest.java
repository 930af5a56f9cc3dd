package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resnetspark.job.docs.MarkdownPage;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.RecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Holds the commands in the documentation to what the command line accepts. */
class DocumentedCommandsTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final List<String> SUBMIT_OPTIONS = List.of("--gpu", "--hdfs", "--cluster");

    static Stream<MarkdownPage> pages() {
        return MarkdownPage.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandCanBeGiven(MarkdownPage page) {
        List<String> wrong = new ArrayList<>();
        for (List<String> words : commands(page)) {
            problem(words).ifPresent(problem -> wrong.add(String.join(" ", words) + ": " + problem));
        }

        assertThat(wrong).as("commands of %s", page).isEmpty();
    }

    @Test
    void commandsAreFoundInTheReadme() {
        assertThat(commands(MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md"))))
                .extracting(words -> words.get(0))
                .contains("deploy/bin/quickstart", "resnet-spark");
    }

    @Test
    void aCommandThatCannotBeGivenIsFound() {
        assertThat(problem(words("resnet-spark train --recipe a.conf")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("--recipe"));
        assertThat(problem(words("resnet-spark train --set train.epoch=3")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("Did you mean epochs"));
        assertThat(problem(words("deploy/bin/nothing up"))).isPresent();
        assertThat(problem(words("resnet-spark train --conf conf/none.conf"))).isPresent();
    }

    /** The command lines of the page's blocks in bash that are this project's own, as words. */
    private static List<List<String>> commands(MarkdownPage page) {
        return page.blocks().stream()
                .filter(block ->
                        block.language().equals("bash") || block.language().equals("sh"))
                .flatMap(block -> block.text().replaceAll("\\\\\\n\\s*", "").lines())
                .map(line -> line.replaceAll("(^|\\s)#.*$", "").strip())
                .map(DocumentedCommandsTest::words)
                .map(words -> words.subList(start(words), words.size()))
                .filter(words -> !words.isEmpty() && isOurs(words.get(0)))
                .toList();
    }

    /** Variables may be set before the command. */
    private static int start(List<String> words) {
        int start = 0;
        while (start < words.size() && words.get(start).matches("[A-Z_]+=.*|exec|time")) {
            start++;
        }
        return start;
    }

    private static boolean isOurs(String program) {
        return List.of("resnet-spark", "local-cluster", "spark-submit").contains(program)
                || program.matches("(\\./)?(deploy|benchmarks)/.*");
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String bare = matcher.group(3);
            if (bare != null && bare.matches("[|><&;].*|2>.*")) {
                break;
            }
            words.add(
                    bare != null
                            ? bare.replaceAll("['\"]", "")
                            : matcher.group().replaceAll("^['\"]|['\"]$", ""));
        }
        return words;
    }

    private static Optional<String> problem(List<String> words) {
        String program = words.get(0);
        List<String> arguments = words.subList(1, words.size());
        if (program.contains("/")) {
            Path script = MarkdownPage.ROOT.resolve(program).normalize();
            if (!Files.isRegularFile(script) || !Files.isExecutable(script)) {
                return Optional.of("there is no such program");
            }
        }
        if (program.equals("spark-submit")) {
            return parsed(arguments.stream()
                    .dropWhile(word -> !word.endsWith("resnet-spark.jar"))
                    .skip(1)
                    .toList());
        }
        if (program.endsWith("local-cluster")) {
            return arguments.get(0).equals("submit") ? parsed(afterSparkOptions(arguments, 1)) : Optional.empty();
        }
        if (program.endsWith("/submit")) {
            return parsed(afterSparkOptions(arguments, 0));
        }
        if (program.endsWith("/quickstart")) {
            List<String> all = new ArrayList<>(arguments);
            all.add(0, "quickstart");
            return parsed(all);
        }
        return program.endsWith("resnet-spark") ? parsed(arguments) : Optional.empty();
    }

    /** The words from the command on. Options of spark-submit before it have a value, those of the script do not. */
    private static List<String> afterSparkOptions(List<String> words, int start) {
        return words.get(start).startsWith("--")
                ? afterSparkOptions(words, start + (SUBMIT_OPTIONS.contains(words.get(start)) ? 1 : 2))
                : words.subList(start, words.size());
    }

    private static Optional<String> parsed(List<String> arguments) {
        try {
            CommandLine.ParseResult result = ResNetSpark.commandLine().parseArgs(arguments.toArray(String[]::new));
            while (result.hasSubcommand()) {
                result = result.subcommand();
            }
            List<String> overrides = result.matchedOptionValue("--set", List.of());
            Path conf = result.matchedOptionValue("--conf", null);
            boolean shipped = conf != null && conf.startsWith("conf");
            Recipe.load(Optional.ofNullable(shipped ? MarkdownPage.ROOT.resolve(conf) : null), overrides);
            return Optional.empty();
        } catch (ParameterException | RecipeException e) {
            return Optional.of(e.getMessage());
        }
    }
}
