package io.github.resnetspark.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declaration of a section: its keys, in the order in which messages and the documentation list them. */
public final class DeclaredSection {
    private final String name;
    private final String help;
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();

    /**
     * Declares a section.
     *
     * @param name of the section, e.g. {@code train}
     * @param help what its keys are about, in one sentence of Markdown
     * @param settings each with a help line and a remedy, and no key twice
     */
    public DeclaredSection(String name, String help, List<? extends Setting<?>> settings) {
        this.name = name;
        this.help = help;
        for (Setting<?> setting : settings) {
            if (setting.help().isBlank() || setting.remedy().isBlank()) {
                throw new IllegalArgumentException(name + "." + setting.key() + " lacks its help line or its remedy");
            }
            if (this.settings.put(setting.key(), setting) != null) {
                throw new IllegalArgumentException(name + "." + setting.key() + " is declared twice");
            }
        }
    }

    /** The section's name. */
    public String name() {
        return name;
    }

    /** What its keys are about, in one sentence of Markdown. */
    public String help() {
        return help;
    }

    /** Its keys, in order. */
    public List<Setting<?>> settings() {
        return List.copyOf(settings.values());
    }

    Set<String> keys() {
        return settings.keySet();
    }

    void require(Setting<?> setting) {
        if (!settings.containsKey(setting.key())) {
            throw new IllegalArgumentException(setting.key() + " is not declared in the section " + name);
        }
    }
}
