package io.github.resnetspark.message.job;

import io.github.resnetspark.text.ShownText;

/** What an evaluation says in the log. */
public final class EvaluationNotices {
    private EvaluationNotices() {}

    /** @param number of the first class that has another name in the shards than in the model */
    public static String classNamesDiffer(int number, String inModel, String inShards) {
        return "Class " + number + " is '" + ShownText.start(inModel) + "' in the model but '"
                + ShownText.start(inShards) + "' in the shards. The figures are only right if the same numbers mean the"
                + " same classes in both. Compare the model's labels.txt with the shards' manifest.";
    }

    public static String repeats(String loss) {
        return "Executors were lost (" + ShownText.line(loss) + "). Repeating the evaluation.";
    }
}
