package io.github.resnetspark.recipe;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.resnetspark.message.model.RecipeFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports sections and keys that are not declared, with the name that was probably meant. */
final class UnknownKeys {
    private final Map<String, RecipeSection> sections;
    private final Problems problems;

    UnknownKeys(Map<String, RecipeSection> sections, Problems problems) {
        this.sections = sections;
        this.problems = problems;
    }

    void report(ConfigObject root) {
        List<Map.Entry<String, ConfigValue>> entries = new ArrayList<>(root.entrySet());
        entries.sort(UnknownKeys::inOrderOfWriting);
        for (Map.Entry<String, ConfigValue> entry : entries) {
            RecipeSection section = sections.get(entry.getKey());
            if (section == null) {
                unknownSection(entry.getKey(), entry.getValue());
            } else {
                section.unknownKeys().stream()
                        .sorted(UnknownKeys::inOrderOfWriting)
                        .forEach(key -> unknownKey(section, key.getKey(), key.getValue()));
            }
        }
    }

    private static int inOrderOfWriting(Map.Entry<String, ConfigValue> one, Map.Entry<String, ConfigValue> other) {
        int byLine = Integer.compare(
                one.getValue().origin().lineNumber(), other.getValue().origin().lineNumber());
        return byLine != 0 ? byLine : one.getKey().compareTo(other.getKey());
    }

    private void unknownSection(String name, ConfigValue value) {
        Optional<String> meant = NearestName.of(name, sections.keySet()).or(() -> elsewhere(name));
        problems.add(
                name, Origins.location(value.origin()), RecipeFailures.unknownSection(name, meant, sections.keySet()));
    }

    private void unknownKey(RecipeSection section, String key, ConfigValue value) {
        Optional<String> meant = elsewhere(key).or(() -> NearestName.of(key, section.knownKeys()));
        problems.add(
                section.name() + "." + key,
                Origins.location(value.origin()),
                RecipeFailures.unknownKey(section.name(), key, meant, section.knownKeys()));
    }

    private Optional<String> elsewhere(String key) {
        return sections.values().stream()
                .filter(section -> section.knownKeys().contains(key))
                .map(section -> section.name() + "." + key)
                .findFirst();
    }
}
