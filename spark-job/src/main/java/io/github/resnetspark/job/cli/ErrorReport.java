package io.github.resnetspark.job.cli;

import io.github.resnetspark.recipe.RecipeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells errors: a sentence with the value and one with the remedy, on standard error, and the exit code. */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        PrintWriter err = commandLine.getErr();
        String name = commandLine.getCommandSpec().qualifiedName();
        err.println(sentence(exception.getMessage()) + " Run " + name + " --help for what it takes.");
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.flush();
        return ExitStatus.REFUSED.code();
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine commandLine, ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        Object command = commandLine.getCommand();
        boolean verbose = command instanceof ReportingCommand reporting
                && reporting.output().verbose();
        ExitStatus status = status(exception);
        List<String> sentences = sentences(exception, status, verbose);
        sentences.forEach(err::println);
        if (verbose) {
            exception.printStackTrace(err);
        }
        err.flush();
        if (command instanceof ReportingCommand reporting) {
            writeResult(reporting, commandLine, status, sentences);
        }
        return status.code();
    }

    private static ExitStatus status(Exception exception) {
        return exception instanceof RecipeException ? ExitStatus.REFUSED : ExitStatus.FAILED;
    }

    private static List<String> sentences(Exception exception, ExitStatus status, boolean verbose) {
        if (exception instanceof RecipeException recipe) {
            return recipe.problems();
        }
        String message = exception.getMessage();
        String what =
                message == null || message.isBlank() ? exception.getClass().getSimpleName() : message;
        boolean unforeseen = status == ExitStatus.FAILED && !verbose && exception.getCause() != null;
        return List.of(unforeseen ? sentence(what) + " Add --verbose to see where." : sentence(what));
    }

    private static void writeResult(
            ReportingCommand command, CommandLine commandLine, ExitStatus status, List<String> problems) {
        command.output().result().ifPresent(target -> {
            try {
                ResultFile.write(target, commandLine.getCommandName(), status, "problems", problems);
            } catch (IOException e) {
                commandLine.getErr().println(target + " cannot be written: " + sentence(e.getMessage()));
                commandLine.getErr().flush();
            }
        });
    }

    private static String sentence(String message) {
        String text = message == null ? "" : message.strip();
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
