package io.github.resnetspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.resnetspark.job.recipe.Recipe;
import io.github.resnetspark.recipe.Setting;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every text of the message packages to the rules of CONTRIBUTING.md. */
class MessageStyleTest {
    private static final String PACKAGE = "io.github.resnetspark.message";
    private static final List<String> KINDS = List.of("Failures", "Notices", "Reasons");
    private static final Pattern SENTENCE_START = Pattern.compile("(?:^|[.?:] |[Vv]alue\\d )([A-Z][a-z]+)");
    private static final Pattern EXCEPTION_CLASS = Pattern.compile("\\b[A-Z]\\w*(?:Exception|Error)\\b");

    /** Text from elsewhere at the end of a message is a sentence. */
    private static final String EMBEDDED = ".*[Vv]alue\\d";

    private static final Set<String> KEYS = Recipe.SECTIONS.stream()
            .flatMap(section -> section.settings().stream())
            .map(Setting::key)
            .collect(Collectors.toSet());

    /** How remedies begin. */
    private static final Set<String> IMPERATIVES = Set.of(
            "Add",
            "Arrange",
            "Ask",
            "Check",
            "Choose",
            "Complete",
            "Copy",
            "Correct",
            "Create",
            "Delete",
            "Download",
            "Export",
            "Free",
            "Give",
            "Grant",
            "Install",
            "Join",
            "Keep",
            "Leave",
            "List",
            "Look",
            "Lower",
            "Make",
            "Move",
            "Name",
            "Open",
            "Prepare",
            "Promote",
            "Put",
            "Quote",
            "Raise",
            "Remove",
            "Rename",
            "Repeat",
            "Restore",
            "Run",
            "Save",
            "Set",
            "Start",
            "Train",
            "Use",
            "Wait",
            "Write");

    static Stream<Method> messages() {
        List<Method> messages = new ArrayList<>();
        for (JavaClass type :
                new ClassFileImporter().withImportOption(ThisBuild::isMainCode).importPackages(PACKAGE)) {
            if (KINDS.stream().anyMatch(type.getSimpleName()::endsWith)) {
                Arrays.stream(type.reflect().getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .forEach(messages::add);
            }
        }
        return messages.stream();
    }

    @Test
    void messageClassesSayWhatKindTheyAre() {
        assertThat(new ClassFileImporter()
                        .withImportOption(ThisBuild::isMainCode).importPackages(PACKAGE).stream()
                                .filter(type -> type.isTopLevelClass()
                                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(JavaClass::getSimpleName)
                                .filter(name -> KINDS.stream().noneMatch(name::endsWith)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageKeepsToTheRules(Method message) throws ReflectiveOperationException {
        String kind = KINDS.stream()
                .filter(message.getDeclaringClass().getSimpleName()::endsWith)
                .findFirst()
                .orElseThrow();
        for (int variant = 0; variant < 3; variant++) {
            int chosen = variant;
            Object[] arguments = Arrays.stream(message.getGenericParameterTypes())
                    .map(type -> sample(type, chosen))
                    .toArray();
            String text = (String) message.invoke(null, arguments);

            assertThat(problems(kind, text)).as("%s: %s", message, text).isEmpty();
        }
    }

    /** Text from elsewhere is often a sentence. */
    @ParameterizedTest
    @MethodSource("messages")
    void aSentenceInParenthesesHasNoFullStop(Method message) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(message.getGenericParameterTypes())
                .map(type -> type == String.class ? "Value 1." : sample(type, 1))
                .toArray();

        assertThat((String) message.invoke(null, arguments)).doesNotContain(".).");
    }

    private static List<String> problems(String kind, String text) {
        List<String> problems = new ArrayList<>();
        if (text.contains("  ") || text.contains("..") || !text.equals(text.strip())) {
            problems.add("has blanks or full stops too many");
        }
        if (text.contains("«") || text.contains("»")) {
            problems.add("quotes with other than single quotes");
        }
        if (EXCEPTION_CLASS.matcher(text).find()) {
            problems.add("names an exception class");
        }
        if (kind.equals("Reasons")) {
            if (text.endsWith(".")) {
                problems.add("is a fragment with a full stop");
            }
            return problems;
        }
        if (!text.matches("(?s).*[.?…]|" + EMBEDDED)) {
            problems.add("does not end with a full stop");
        }
        String first = text.replaceAll("(?s)[ :].*", "");
        if (!first.matches("(?s)[\\p{Lu}\\d'].*|value\\d.*|--.*|oneDNN|.*\\..*|" + String.join("|", KEYS))) {
            problems.add("begins with a small letter");
        }
        if (kind.equals("Failures")
                && !text.matches("(?s)" + EMBEDDED + "|.*Did you mean .*")
                && SENTENCE_START
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .noneMatch(IMPERATIVES::contains)) {
            problems.add("has no remedy that begins with one of " + IMPERATIVES);
        }
        return problems;
    }

    private static Object sample(Type generic, int variant) {
        if (generic instanceof ParameterizedType type) {
            Object element = sample(type.getActualTypeArguments()[0], variant);
            return type.getRawType() == Optional.class
                    ? Optional.of(element).filter(some -> variant > 0)
                    : Collections.nCopies(2 + variant, element);
        }
        Class<?> type = (Class<?>) generic;
        if (type == String.class) {
            return "value" + variant;
        } else if (type == int.class || type == Integer.class) {
            return 1 + variant;
        } else if (type == long.class || type == Long.class) {
            return 1L + 1000L * variant;
        } else if (type == double.class || type == Double.class) {
            return 0.5 + variant;
        } else if (type == boolean.class) {
            return variant == 1;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1 + 100L * variant);
        } else if (type.isEnum()) {
            return type.getEnumConstants()[variant % type.getEnumConstants().length];
        }
        throw new IllegalArgumentException("A message with a " + type.getName() + ": pass text instead.");
    }
}
