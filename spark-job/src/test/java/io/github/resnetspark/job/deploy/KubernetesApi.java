package io.github.resnetspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/** An API server of Kubernetes without nodes: it keeps what it is given and tells whoever watches, but starts no pod. */
final class KubernetesApi implements AutoCloseable {
    /** It would log every request. Held here, because a logger that nobody holds forgets its level. */
    private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final MockWebServer server;
    private final KubernetesClient client;
    private final String namespace;

    private KubernetesApi(MockWebServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url(server))
                        .withNamespace(namespace)
                        .build())
                .build();
    }

    /** Listens on a free port of the loopback interface. */
    static KubernetesApi open(String namespace) throws IOException {
        REQUESTS.setLevel(Level.WARNING);
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher());
        server.start(InetAddress.getLoopbackAddress(), 0);
        return new KubernetesApi(server, namespace);
    }

    private static String url(MockWebServer server) {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** For spark.master or --master. */
    String master() {
        return "k8s://" + url(server);
    }

    /** The pods that somebody asked for and that have this role in Spark: driver or executor. */
    List<Pod> pods(String role) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("spark-role", role)
                .list()
                .getItems();
    }

    /** Waits for that many pods of a role, as long as the process that asks for them is running. */
    List<Pod> awaitPods(String role, int count, Process asking) throws InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST);
        List<Pod> found = pods(role);
        while (found.size() < count && asking.isAlive() && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
            found = pods(role);
        }
        assertThat(found).as(role).hasSize(count);
        return found;
    }

    /** Makes a pod, which waits for a node. */
    Pod create(Pod pod) {
        return client.pods().inNamespace(namespace).resource(pod).create();
    }

    /** Waits for such a config map, as long as the process that makes it is running. */
    ConfigMap awaitConfigMap(Predicate<ConfigMap> wanted, Process making) throws InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST);
        Optional<ConfigMap> found = configMap(wanted);
        while (found.isEmpty() && making.isAlive() && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
            found = configMap(wanted);
        }
        return found.orElseThrow();
    }

    private Optional<ConfigMap> configMap(Predicate<ConfigMap> wanted) {
        return client.configMaps().inNamespace(namespace).list().getItems().stream()
                .filter(wanted)
                .findFirst();
    }

    /** Reports that a pod's containers have started, as its node would. */
    void runs(Pod pod) {
        report(
                pod,
                new PodStatusBuilder()
                        .withPhase("Running")
                        .withPodIP("127.0.0.1")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .build());
    }

    /** Reports on a pod as its node would. */
    void report(Pod pod, PodStatus status) {
        client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .editStatus(now -> {
                    now.setStatus(status);
                    return now;
                });
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.shutdown();
    }

    /** What the mock does not do by itself. */
    private static final class Dispatcher extends KubernetesCrudDispatcher {
        /** A new pod waits for a node. */
        @Override
        public MockResponse handleCreate(RecordedRequest request) {
            if (!request.getPath().endsWith("/pods")) {
                return super.handleCreate(request);
            }
            Pod pod = Serialization.unmarshal(request.getBody().readUtf8(), Pod.class);
            pod.setStatus(new PodStatusBuilder().withPhase("Pending").build());
            return super.handleCreate(request(request, request.getPath(), Serialization.asJson(pod)));
        }

        /** Spark applies config maps and services, which are then made. */
        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String type = String.valueOf(request.getHeader("Content-Type"));
            return type.startsWith("application/apply-patch")
                    ? handleCreate(request(
                            request,
                            request.getPath().replaceAll("/[^/]*$", ""),
                            request.getBody().readUtf8()))
                    : super.handlePatch(request);
        }

        private static RecordedRequest request(RecordedRequest given, String path, String body) {
            return new RecordedRequest(
                    "POST " + path + " HTTP/1.1",
                    given.getHeaders(),
                    List.of(),
                    body.length(),
                    new Buffer().writeUtf8(body),
                    given.getSequenceNumber(),
                    new Socket());
        }
    }
}
