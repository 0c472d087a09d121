package dev.midwrite.controller.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an API server refuses, or that there is none, is one sentence. */
class RequestsTest {
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/orders";
    private static final String REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final KubernetesMockServer server = new KubernetesMockServer(false);

    @BeforeAll
    static void quiet() {
        SERVER_LOG.setLevel(Level.WARNING);
    }

    @BeforeEach
    void start() {
        server.init();
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void whoIsNotKnown() {
        answers(401, "Unauthorized");
        assertThatThrownBy(() -> open(url()))
                .isInstanceOf(Problem.class)
                .hasMessage("The cluster at " + url()
                        + " does not know who asks (Unauthorized); look at the credentials in the kubeconfig.");
    }

    @Test
    void whoMayNotLook() {
        answers(403, "deployments.apps \"orders\" is forbidden");
        assertThatThrownBy(() -> open(url()))
                .isInstanceOf(Problem.class)
                .hasMessage(
                        "The cluster at " + url() + " does not permit to get the deployment orders in namespace shop"
                                + " (deployments.apps \"orders\" is forbidden); docs/kubernetes.md lists the rights that are"
                                + " needed.");
    }

    @Test
    void whoMayNotDoWhatTheDrillDoes() {
        isThere();
        review(true, 8);
        review(false, 1);
        assertThatThrownBy(() -> open(url(), Step.Action.RESTART))
                .isInstanceOf(Problem.class)
                .hasMessage("The cluster at " + url() + " does not permit to patch deployments in namespace shop;"
                        + " docs/kubernetes.md lists the rights that are needed.");
    }

    @Test
    void whatTheDrillDoesNotDoNeedsNoRight() {
        isThere();
        review(true, 8);
        open(url()).close();
        assertThat(server.getRequestCount()).isEqualTo(9);
    }

    @Test
    void nobodyThere() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }
        assertThatThrownBy(() -> open(nowhere))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("No Kubernetes cluster answers at " + nowhere + ": ")
                .hasMessageEndingWith(
                        "Which one is meant, KUBECONFIG, ~/.kube/config or the service account of a pod says.");
    }

    private void answers(int code, String message) {
        server.expect()
                .get()
                .withPath(DEPLOYMENT)
                .andReturn(
                        code,
                        new StatusBuilder().withCode(code).withMessage(message).build())
                .always();
    }

    private void isThere() {
        server.expect()
                .get()
                .withPath(DEPLOYMENT)
                .andReturn(
                        200,
                        new DeploymentBuilder()
                                .withNewMetadata()
                                .withName("orders")
                                .withNamespace("shop")
                                .withUid("uid")
                                .endMetadata()
                                .withNewSpec()
                                .endSpec()
                                .build())
                .always();
    }

    private void review(boolean allowed, int times) {
        server.expect()
                .post()
                .withPath(REVIEW)
                .andReturn(
                        201,
                        new SelfSubjectAccessReviewBuilder()
                                .withNewStatus()
                                .withAllowed(allowed)
                                .endStatus()
                                .build())
                .times(times);
    }

    private String url() {
        return server.url("/");
    }

    private static DeploymentCluster open(String url, Step.Action... actions) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withRequestRetryBackoffLimit(0)
                .build();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        return DeploymentCluster.open(
                client,
                new KubernetesSpec(
                        Optional.of("orders"),
                        Optional.empty(),
                        Optional.of("shop"),
                        Optional.empty(),
                        Optional.of(8080)),
                Set.of(actions));
    }
}
