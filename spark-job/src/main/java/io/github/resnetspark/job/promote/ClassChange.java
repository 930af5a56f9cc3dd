package io.github.resnetspark.job.promote;

/**
 * What became of one class.
 *
 * @param label its name
 * @param examples pictures of it
 * @param currentCorrect of them, how many the current version recognises; 0 for a class that it does not know
 * @param candidateCorrect of them, how many the new model recognises
 */
public record ClassChange(String label, long examples, long currentCorrect, long candidateCorrect) {
    /** Pictures won, or lost where negative. */
    long won() {
        return candidateCorrect - currentCorrect;
    }
}
