package io.github.resnetspark.recipe;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that is closest to a mistyped one. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name with the smallest edit distance, if that is at most 2 or a third of the name's length, whichever
     * is larger.
     */
    public static Optional<String> of(String name, Collection<String> known) {
        int allowed = Math.max(2, name.length() / 3);
        String nearest = null;
        for (String candidate : known) {
            int distance = editDistance(name, candidate);
            if (distance <= allowed && distance < candidate.length()) {
                nearest = candidate;
                allowed = distance - 1;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int editDistance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
