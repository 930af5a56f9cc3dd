package io.github.resnetspark.message.job;

/** Parts of sentences. */
final class Phrases {
    private Phrases() {}

    /** A number with the noun that it counts. */
    static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** The text with a full stop, which another message may lack. */
    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
