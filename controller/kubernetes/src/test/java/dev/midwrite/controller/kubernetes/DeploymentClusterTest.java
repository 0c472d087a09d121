package dev.midwrite.controller.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.PodState;
import dev.midwrite.controller.nodes.PodState.Endpoint;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against fabric8's mock of an API server, which keeps what it is given, and controllers that the test plays. */
class DeploymentClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final List<PodState> told = new CopyOnWriteArrayList<>();
    private PlayedControllers controllers;
    private DeploymentCluster cluster;
    private KubernetesClient client;

    /** It writes down each request. */
    @BeforeAll
    static void quiet() {
        SERVER_LOG.setLevel(Level.WARNING);
    }

    @BeforeEach
    void start() {
        server.init();
        client = newClient();
        controllers = new PlayedControllers(client, "registry.example/orders:1", 2);
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        controllers.end();
        client.close();
        try {
            server.destroy();
        } catch (IllegalStateException e) {
            // It waits for itself in vain if a watch ends while it is told something.
        }
    }

    @Test
    void podsThatAreThereAreToldBeforeItReturns() throws Exception {
        watched();
        assertThat(cluster.wanted()).isEqualTo(2);
        assertThat(cluster.words()).isEqualTo("the deployment orders in namespace shop");
        assertThat(last()).hasSize(2).allMatch(pod -> pod.readySince().isPresent());
        await().atMost(LIMIT).until(() -> last().stream().allMatch(pod -> pod.endpoint() == Endpoint.READY));
    }

    @Test
    void aRolloutReplacesAllAndTellsEachStateOfEachPod() throws Exception {
        watched();
        List<String> before = names();
        assertThat(cluster.rollOut(LIMIT)).isEmpty();

        List<PodState> present = last().stream().filter(pod -> !pod.gone()).toList();
        assertThat(present).hasSize(2).noneMatch(pod -> before.contains(pod.name()));
        for (String old : before) {
            assertThat(states(old)).as(old).last().matches(PodState::gone);
            assertThat(states(old))
                    .as("the slice has it as terminating before it is gone")
                    .anyMatch(pod -> pod.asked().isPresent() && pod.endpoint() == Endpoint.TERMINATING);
        }
        for (PodState fresh : present) {
            assertThat(states(fresh.name()))
                    .extracting(PodState::endpoint)
                    .startsWith(Endpoint.ABSENT)
                    .contains(Endpoint.READY);
        }
        assertThat(deployment().getSpec().getTemplate().getMetadata().getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void itIsNotOverBeforeTheOldPodsAreGone() throws Exception {
        watched();
        controllers.holding = true;
        CompletableFuture<Optional<String>> rollout = rolling();
        await().atMost(LIMIT)
                .until(() ->
                        last().stream().filter(pod -> pod.asked().isPresent()).count() == 2
                                && deployment().getStatus().getUpdatedReplicas() == 2);
        assertThat(rollout).isNotDone();
        controllers.holding = false;
        controllers.kick();
        assertThat(rollout.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whatDoesNotProgressIsTakenBack() throws Exception {
        watched();
        List<String> before = names();
        controllers.loseImage();
        Optional<String> why = cluster.rollOut(LIMIT);

        assertThat(why)
                .get()
                .asString()
                .startsWith("Rolled back: the rollout of the deployment orders in namespace shop did not progress"
                        + " (ProgressDeadlineExceeded: ReplicaSet \"orders\" has timed out progressing.); pod orders-")
                .endsWith(": container app waits: ImagePullBackOff (Back-off pulling image).");
        assertThat(last().stream().filter(pod -> !pod.gone()).map(PodState::name))
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(Optional.ofNullable(deployment()
                                .getSpec()
                                .getTemplate()
                                .getMetadata()
                                .getAnnotations())
                        .map(annotations -> annotations.get("kubectl.kubernetes.io/restartedAt")))
                .isEmpty();
    }

    @Test
    void whatSomebodyElseChangesMeanwhileIsLeftAlone() throws Exception {
        watched();
        controllers.holding = true;
        CompletableFuture<Optional<String>> rollout = rolling();
        await().atMost(LIMIT)
                .until(() -> last().stream().anyMatch(pod -> pod.asked().isPresent()));
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("orders")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"spec": {"template": {"metadata": {"annotations":
                          {"kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"}}}}}""");
        assertThatThrownBy(() -> rollout.get(60, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Problem.class)
                .hasRootCauseMessage(
                        "Somebody else changed the pods' template of the deployment orders in namespace shop"
                                + " during the rollout.");
    }

    @Test
    void aPausedDeploymentIsNotRolledOut() throws Exception {
        watched();
        client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("orders")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"paused\": true}}");
        assertThatThrownBy(() -> cluster.rollOut(LIMIT))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "Rollouts of the deployment orders in namespace shop are paused (spec.paused), so nothing would"
                                + " be replaced.");
    }

    @Test
    void aPodIsDeletedAndAnotherComes() throws Exception {
        watched();
        String first = names().get(0);
        cluster.delete(first, true);

        await().atMost(LIMIT)
                .until(() -> states(first).get(states(first).size() - 1).gone());
        await().atMost(LIMIT)
                .until(() -> last().stream()
                                .filter(pod -> !pod.gone() && pod.endpoint() == Endpoint.READY)
                                .count()
                        == 2);
        cluster.delete(first, false);
    }

    @Test
    void podsOfOthersWithTheSameLabelsAreNoNodes() throws Exception {
        client.pods()
                .inNamespace("shop")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("stranger")
                        .addToLabels("app", "orders")
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("batch/v1")
                                .withKind("Job")
                                .withName("j")
                                .withUid("u")
                                .withController(true)
                                .build())
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build())
                .create();
        watched();
        assertThat(last()).hasSize(2).noneMatch(pod -> pod.name().equals("stranger"));
    }

    @Test
    void whatIsNotThereIsOneSentence() {
        assertThatThrownBy(() -> open(spec("basket", null)))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no deployment basket in namespace shop of the cluster at " + url() + ".");
        assertThatThrownBy(() -> open(spec(null, "app=basket")))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "There must be one deployment with the labels app=basket in namespace shop of the cluster at "
                                + url() + ", and there is none.");
        assertThat(open(spec(null, "app=orders")).words()).isEqualTo("the deployment orders in namespace shop");
    }

    private String url() {
        return client.getMasterUrl().toString();
    }

    private KubernetesClient newClient() {
        return server.createClient(new JdkHttpClientFactory());
    }

    private static KubernetesSpec spec(String deployment, String selector) {
        return new KubernetesSpec(
                Optional.ofNullable(deployment),
                Optional.ofNullable(selector),
                Optional.of("shop"),
                Optional.empty(),
                Optional.of(8080));
    }

    private DeploymentCluster open(KubernetesSpec spec) {
        return DeploymentCluster.open(newClient(), spec, Set.of(Step.Action.RESTART, Step.Action.KILL));
    }

    private void watched() throws InterruptedException {
        await().atMost(LIMIT).until(() -> {
            Deployment there = deployment();
            return there.getStatus() != null
                    && Integer.valueOf(2).equals(there.getStatus().getAvailableReplicas());
        });
        cluster = open(spec("orders", null));
        cluster.watch(told::add);
    }

    private Deployment deployment() {
        return client.apps()
                .deployments()
                .inNamespace("shop")
                .withName("orders")
                .get();
    }

    private CompletableFuture<Optional<String>> rolling() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return cluster.rollOut(LIMIT);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<PodState> states(String pod) {
        return told.stream().filter(state -> state.name().equals(pod)).toList();
    }

    private List<String> names() {
        return last().stream().map(PodState::name).toList();
    }

    /** The last state of each pod. */
    private List<PodState> last() {
        return told.stream()
                .map(PodState::name)
                .distinct()
                .map(name -> states(name).get(states(name).size() - 1))
                .toList();
    }
}
