package io.github.resnetspark.job.cli.frame;

import io.github.resnetspark.failure.Failure;
import io.github.resnetspark.failure.Failure.Kind;
import io.github.resnetspark.failure.KnownFailure;
import io.github.resnetspark.failure.Problem;
import io.github.resnetspark.job.cli.frame.Outcome.ExitStatus;
import io.github.resnetspark.message.job.CommandFailures;
import io.github.resnetspark.text.ShownText;
import io.github.resnetspark.text.UriText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints errors on standard error, each with the value and the remedy, and decides the exit code. */
public final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String RESULT = "--result";

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        PrintWriter err = commandLine.getErr();
        String name = commandLine.getCommandSpec().qualifiedName();
        String problem =
                ShownText.lines(Problem.sentence(exception.getMessage())) + " " + CommandFailures.seeHelp(name);
        err.println(problem);
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.flush();
        resultIn(args).ifPresent(target -> writeResult(target, commandLine, ExitStatus.REFUSED, List.of(problem)));
        return ExitStatus.REFUSED.code();
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine commandLine, ParseResult parsed) {
        // Picocli passes on only exceptions. An Error is wrapped in one.
        Throwable exception =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        PrintWriter err = commandLine.getErr();
        Object command = commandLine.getCommand();
        boolean verbose = command instanceof ReportingCommand reporting
                && reporting.output().verbose();
        ExitStatus status = status(exception);
        List<String> sentences = endOfSpark(command, exception)
                .map(ShownText::line)
                .map(List::of)
                .orElseGet(() -> sentences(exception, verbose));
        sentences.forEach(err::println);
        if (verbose) {
            exception.printStackTrace(err);
        }
        err.flush();
        if (command instanceof ReportingCommand reporting) {
            reporting.output().result().ifPresent(target -> writeResult(target, commandLine, status, sentences));
        }
        return status.code();
    }

    /** Usage errors are refused. Everything that broke later, especially in a task, is a failed run. */
    private static ExitStatus status(Throwable exception) {
        return exception instanceof Failure failure && failure.kind() == Kind.USAGE
                ? ExitStatus.REFUSED
                : ExitStatus.FAILED;
    }

    private static Optional<String> endOfSpark(Object command, Throwable exception) {
        return command instanceof ReportingCommand reporting
                ? reporting.spark().end().explain(exception)
                : Optional.empty();
    }

    private static List<String> sentences(Throwable exception, boolean verbose) {
        if (exception instanceof Failure failure && !failure.problems().isEmpty()) {
            return failure.sentences().stream()
                    .map(failure.isOneLineEach() ? ShownText::line : ShownText::lines)
                    .toList();
        }
        Optional<String> known = KnownFailure.explain(exception);
        if (known.isPresent()) {
            return List.of(ShownText.line(known.get()));
        }
        // This message was not written for users, so its type helps too.
        String message = exception.getMessage() == null ? "" : exception.getMessage();
        String what = exception.getClass().getSimpleName() + (message.isBlank() ? "" : ": " + message);
        return List.of(
                ShownText.lines(Problem.sentence(what)) + (verbose ? "" : " " + CommandFailures.seeStackTrace()));
    }

    private static void writeResult(URI target, CommandLine commandLine, ExitStatus status, List<String> problems) {
        try {
            ResultFile.write(target, commandLine.getCommandName(), status, "problems", problems);
        } catch (IOException | RuntimeException | Error e) {
            commandLine
                    .getErr()
                    .println(CommandFailures.resultNotWritten(
                            UriText.shown(target), ShownText.lines(Problem.sentence(e.getMessage()))));
            commandLine.getErr().flush();
        }
    }

    /** The value of --result on a command line that could not be parsed; nothing if that value is the problem. */
    private static Optional<URI> resultIn(String[] args) {
        Optional<String> found = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(RESULT + "=")) {
                found = Optional.of(args[i].substring(RESULT.length() + 1));
            } else if (args[i].equals(RESULT) && i + 1 < args.length) {
                found = Optional.of(args[i + 1]);
            }
        }
        try {
            return found.isPresent() ? Optional.of(UriText.parse(found.get())) : Optional.empty();
        } catch (UriText.InvalidUriException e) {
            return Optional.empty();
        }
    }
}
