package io.github.resnetspark.message.job;

import io.github.resnetspark.text.Amounts;
import io.github.resnetspark.text.ShownText;
import java.util.List;

/** Why a model directory, a registry or a model repository cannot be read or changed as asked. */
public final class RegistryFailures {
    private static final String PLAIN_NAME =
            "Use only letters, digits, _, - and ., and begin with a letter, a digit or _";

    private RegistryFailures() {}

    /** {@code current}: the file {@code CURRENT}. */
    public static String namesNoVersion(String current) {
        return ShownText.line(current) + " names no version. Promote a model, or use a model directory instead.";
    }

    /** {@code current}: the file {@code CURRENT}. */
    public static String notAVersionNumber(String current, String line) {
        return ShownText.line(current) + " contains '" + ShownText.start(line)
                + "', which is not a version number. Write the number of the current version to it.";
    }

    public static String noModels(String registry) {
        return ShownText.line(registry) + " has no models. Correct --registry or --name, or promote a model first.";
    }

    /** {@code now} and {@code before}: version numbers, or {@code none}. */
    public static String promotedMeanwhile(String registry, String now, String before) {
        return "Another model was promoted meanwhile: the current version of " + ShownText.line(registry) + " is " + now
                + ", not " + before + " as before. Run the promotion again to compare with that version.";
    }

    public static String noSuchVersion(String registry, String version, List<String> versions) {
        return ShownText.line(registry) + " has no version '" + ShownText.start(version) + "'. "
                + (versions.isEmpty()
                        ? "Promote a model first."
                        : "Choose one of " + String.join(", ", versions) + ".");
    }

    /** {@code versions}: each with the reason in parentheses. */
    public static String versionsNotDeleted(String model, List<String> versions) {
        return "These versions of " + ShownText.line(model) + " cannot be deleted: " + String.join(", ", versions)
                + ". Check the permissions there, and prune again.";
    }

    /** {@code owner}: the owner of the lock. */
    public static String locked(String registry, String owner) {
        return "Another run is changing " + ShownText.line(registry) + " (" + ShownText.clause(owner)
                + "). Wait until that run ends, and try again.";
    }

    public static String fetching(String directory) {
        return "Another process is copying a model to " + ShownText.line(directory)
                + ". Wait until it ends, and try again.";
    }

    /** {@code reason}: whole sentences. */
    public static String damagedVersion(String version, String reason) {
        return ShownText.line(version) + " is damaged (" + ShownText.clause(reason)
                + "). Promote the model again, or go back to another version with rollback.";
    }

    public static String notALink(String link) {
        return ShownText.line(link) + " is not a link. Move it away, or set --to to another directory.";
    }

    public static String notAServerName(String name) {
        return "'" + ShownText.start(name) + "' cannot be the name of a model on a server. " + PLAIN_NAME
                + " in --name.";
    }

    public static String serverVersionTooSmall(int version) {
        return "--model-version is " + version + " but must be at least 1. Leave it out for the first version.";
    }

    public static String serverVersionExists(String directory) {
        return ShownText.line(directory) + " already exists, and a version is never overwritten."
                + " Set --model-version to another number, or delete that version.";
    }

    public static String serverFileDiffers(String file) {
        return ShownText.line(file)
                + " is not what this model needs. Set --name to another name, or export the model in the"
                + " same form as the versions that are already there.";
    }

    public static String notAWeightsFile(String file) {
        return ShownText.line(file) + " is not a file. Set --weights to the .npz or .safetensors file of the weights.";
    }

    public static String labelCountDiffers(int labels, int classes) {
        return "There are " + Amounts.counted(labels, "label") + " but model.classes is " + classes
                + ". Set --labels to a file with one class name per line.";
    }

    /** Follows what is wrong with a class name. */
    public static String classNameRemedy() {
        return "Give every class a name of one line.";
    }

    /** {@code name}: the name of a run, which becomes a directory. */
    public static String notARunName(String name) {
        return "'" + ShownText.start(name) + "' cannot be the name of a run. " + PLAIN_NAME
                + " in --run-id, e.g. 2026-01-31.";
    }
}
