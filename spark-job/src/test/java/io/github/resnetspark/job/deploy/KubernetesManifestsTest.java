package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads deploy/k8s like an API server that accepts no unknown field. */
class KubernetesManifestsTest {
    private static final Path FOLDER = ShippedSparkSettingsTest.ROOT.resolve("deploy/k8s");
    private static final ObjectMapper STRICT = strict();

    /**
     * The fields that the manifests for the Spark operator use, with their JSON types. Compared by hand with the operator's own
     * definition of v1beta2 in its release 2.5.0-rc.0; compare again before you add one.
     */
    private static final Map<String, Class<?>> OF_THE_OPERATOR = Map.ofEntries(
            Map.entry("type", String.class),
            Map.entry("mode", String.class),
            Map.entry("sparkVersion", String.class),
            Map.entry("image", String.class),
            Map.entry("mainClass", String.class),
            Map.entry("mainApplicationFile", String.class),
            Map.entry("arguments", List.class),
            Map.entry("restartPolicy.type", String.class),
            Map.entry("restartPolicy.onFailureRetries", Integer.class),
            Map.entry("restartPolicy.onFailureRetryInterval", Integer.class),
            Map.entry("driver.cores", Integer.class),
            Map.entry("driver.memory", String.class),
            Map.entry("driver.memoryOverhead", String.class),
            Map.entry("driver.serviceAccount", String.class),
            Map.entry("driver.javaOptions", String.class),
            Map.entry("driver.terminationGracePeriodSeconds", Integer.class),
            Map.entry("executor.instances", Integer.class),
            Map.entry("executor.cores", Integer.class),
            Map.entry("executor.memory", String.class),
            Map.entry("executor.memoryOverhead", String.class),
            Map.entry("executor.javaOptions", String.class));

    @Test
    void everyManifestIsCheckedHere() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrder(
                            "driver-pod.yaml",
                            "executor-pod.yaml",
                            "retrain-cronjob.yaml",
                            "spark-application.yaml",
                            "scheduled-retrain.yaml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver-pod.yaml", "executor-pod.yaml"})
    void aTemplateIsAPod(String file) throws IOException {
        Pod pod = STRICT.readValue(FOLDER.resolve(file).toFile(), Pod.class);

        assertThat(pod.getKind()).isEqualTo("Pod");
        assertThat(pod.getApiVersion()).isEqualTo("v1");
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isPositive();
    }

    @Test
    void theCronJobIsOne() throws IOException {
        CronJob job = STRICT.readValue(FOLDER.resolve("retrain-cronjob.yaml").toFile(), CronJob.class);

        assertThat(job.getKind()).isEqualTo("CronJob");
        assertThat(job.getApiVersion()).isEqualTo("batch/v1");
        assertThat(job.getSpec()
                        .getJobTemplate()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers())
                .hasSize(1);
    }

    @Test
    void aMisspelledFieldIsFound() throws IOException {
        String misspelled = Files.readString(FOLDER.resolve("retrain-cronjob.yaml"))
                .replace("terminationGracePeriodSeconds", "terminationGracePeriod");

        assertThatThrownBy(() -> STRICT.readValue(misspelled, CronJob.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("\"terminationGracePeriod\"");
    }

    @Test
    void theRoleInTheDocumentationIsOne() throws IOException {
        Matcher block = Pattern.compile("(?s)kubectl apply -f - <<END\n(.*?)END\n")
                .matcher(Files.readString(ShippedSparkSettingsTest.ROOT.resolve("docs/clusters.md")));
        assertThat(block.find()).isTrue();

        Role role = STRICT.readValue(block.group(1), Role.class);

        assertThat(role.getApiVersion()).isEqualTo("rbac.authorization.k8s.io/v1");
        assertThat(role.getRules()).singleElement().satisfies(rule -> assertThat(rule.getResources())
                .contains("pods", "services", "configmaps"));
    }

    @Test
    void theOperatorsFieldsAreItsOwn() throws IOException {
        Map<String, Object> application = document("spark-application.yaml", "SparkApplication");
        assertKnown("", spec(application));
        Map<String, Object> scheduled = spec(document("scheduled-retrain.yaml", "ScheduledSparkApplication"));
        assertThat(scheduled.keySet())
                .isEqualTo(Set.of(
                        "schedule",
                        "concurrencyPolicy",
                        "successfulRunHistoryLimit",
                        "failedRunHistoryLimit",
                        "template"));
        assertKnown("", map(scheduled.get("template")));
    }

    private static void assertKnown(String prefix, Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            if (name.equals("sparkConf")) {
                // Of any names; a number or a truth value would be refused.
                assertThat(map(value).values())
                        .allSatisfy(set -> assertThat(set).isInstanceOf(String.class));
            } else if (value instanceof Map) {
                assertKnown(prefix + name + ".", map(value));
            } else {
                assertThat(OF_THE_OPERATOR).containsKey(prefix + name);
                assertThat(value).as(prefix + name).isInstanceOf(OF_THE_OPERATOR.get(prefix + name));
            }
        });
    }

    private static Map<String, Object> document(String file, String kind) throws IOException {
        Map<String, Object> document = map(STRICT.readValue(FOLDER.resolve(file).toFile(), Map.class));
        assertThat(document.keySet()).isEqualTo(Set.of("apiVersion", "kind", "metadata", "spec"));
        assertThat(document).containsEntry("kind", kind).containsEntry("apiVersion", "sparkoperator.k8s.io/v1beta2");
        assertThat(STRICT.convertValue(document.get("metadata"), ObjectMeta.class)
                        .getName())
                .isNotBlank();
        return document;
    }

    private static Map<String, Object> spec(Map<String, Object> document) {
        return map(document.get("spec"));
    }

    @SuppressWarnings("unchecked") // YAML's maps have strings as keys here.
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** The classes of the model collect unknown fields. Without the place for them, they are an error. */
    private static ObjectMapper strict() {
        return new ObjectMapper(new YAMLFactory())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated member) {
                        return false;
                    }
                });
    }
}
