package io.github.resnetspark.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "commands.md");
    private static final String WRITE = "commands.write";
    /** So that it fits on one line in the help of resnet-spark. */
    private static final int LONGEST_SUMMARY = 90;

    @Test
    void thePageIsGeneratedFromTheHelp() throws IOException {
        String page = CommandsPage.of(ResNetSpark.commandLine());
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(DOCUMENT, page);
        }

        assertThat(DOCUMENT)
                .as("docs/commands.md differs from --help. Run this test with -D" + WRITE
                        + "=true to generate it again.")
                .content()
                .isEqualTo(page);
    }

    static Stream<CommandSpec> commands() {
        return CommandsPage.commands(ResNetSpark.commandLine().getCommandSpec()).stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandStartsWithOneShortSentence(CommandSpec command) {
        assertThat(command.usageMessage().description()[0])
                .matches("[A-Z][^.]*\\.")
                .hasSizeLessThanOrEqualTo(LONGEST_SUMMARY);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsDescribedInSentences(CommandSpec command) {
        assertThat(command.options().stream().filter(option -> !option.versionHelp() && !option.usageHelp()))
                .allSatisfy(CommandsDocumentTest::isDescribed);
    }

    private static void isDescribed(OptionSpec option) {
        assertThat(String.join(" ", option.description()))
                .as(option.longestName())
                .matches("[A-Z].*[.…]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysItsExitCodes(CommandSpec command) {
        if (command.subcommands().isEmpty()) {
            assertThat(command.usageMessage().exitCodeList()).containsKeys("0", "1", "2");
        }
    }
}
