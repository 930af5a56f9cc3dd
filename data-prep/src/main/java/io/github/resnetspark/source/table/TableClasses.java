package io.github.resnetspark.source.table;

import io.github.resnetspark.message.data.SourceReasons;
import io.github.resnetspark.message.data.TableFailures;
import io.github.resnetspark.message.data.TableReasons;
import io.github.resnetspark.source.SourceException;
import io.github.resnetspark.source.table.TableColumns.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The classes of a table.
 *
 * @param names by class number
 * @param numbers the class number of each label
 */
record TableClasses(List<String> names, Map<String, Integer> numbers) {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int NAMED = 10;

    /**
     * Numbers the classes. Labels that are names are sorted, unless {@code given} has an order. Labels that are numbers
     * are the class numbers, so none may be missing.
     *
     * @param found the distinct labels
     * @param given the class names from the recipe; may be empty
     * @param table its name for messages
     * @throws SourceException if labels and names do not fit, with all problems
     */
    static TableClasses of(Collection<String> found, Labels kind, List<String> given, String table) {
        List<String> problems = new ArrayList<>();
        if (found.isEmpty()) {
            problems.add(TableReasons.noLabelledRow());
        }
        boolean numbers = kind == Labels.NUMBERS
                || (kind == Labels.UNTYPED
                        && found.stream().allMatch(label -> WHOLE.matcher(label).matches()));
        TableClasses classes = numbers ? ofNumbers(found, given, problems) : ofNames(found, given, problems);
        if (!problems.isEmpty()) {
            throw new SourceException(TableFailures.unusableLabels(table, problems));
        }
        return classes;
    }

    private static TableClasses ofNames(Collection<String> found, List<String> given, List<String> problems) {
        List<String> names = given.isEmpty() ? found.stream().sorted().toList() : given;
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        names.stream()
                .filter(name -> !found.contains(name))
                .forEach(name -> problems.add(TableReasons.unusedClass(name)));
        new TreeSet<>(found)
                .stream()
                        .filter(label -> !numbers.containsKey(label))
                        .forEach(label -> problems.add(SourceReasons.notInLabels(label)));
        return new TableClasses(names, numbers);
    }

    private static TableClasses ofNumbers(Collection<String> found, List<String> given, List<String> problems) {
        SortedSet<Long> used = new TreeSet<>();
        found.forEach(label -> used.add(Long.parseLong(label)));
        long largest = used.isEmpty() ? -1 : used.last();
        if (given.isEmpty()) {
            if (used.size() <= largest) {
                LongStream.iterate(0, number -> number + 1)
                        .filter(number -> !used.contains(number))
                        .limit(Math.min(NAMED, largest + 1 - used.size()))
                        .forEach(number -> problems.add(TableReasons.missingNumber(number, largest)));
            }
        } else {
            used.tailSet((long) given.size())
                    .forEach(number -> problems.add(TableReasons.numberWithoutName(number, given.size())));
            for (int number = 0; number < given.size(); number++) {
                if (!used.contains((long) number)) {
                    problems.add(TableReasons.unusedClass(given.get(number)));
                }
            }
        }
        if (!problems.isEmpty()) {
            return new TableClasses(List.of(), Map.of());
        }
        Map<String, Integer> numbers = new HashMap<>();
        used.forEach(number -> numbers.put(Long.toString(number), Math.toIntExact(number)));
        return new TableClasses(
                given.isEmpty()
                        ? used.stream().map(number -> Long.toString(number)).toList()
                        : given,
                numbers);
    }
}
