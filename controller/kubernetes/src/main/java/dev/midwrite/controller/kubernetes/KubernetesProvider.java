package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.nodes.Cluster;
import dev.midwrite.controller.nodes.ClusterProvider;
import dev.midwrite.controller.plan.KubernetesSpec;
import dev.midwrite.controller.plan.Step;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.List;
import java.util.Set;

/** Finds clusters where kubectl does: {@code KUBECONFIG}, {@code ~/.kube/config}, or the service account of a pod. */
public final class KubernetesProvider implements ClusterProvider {
    /** Together less than a second: who asks wants to know. */
    private static final int RETRIES = 3;

    @Override
    public Cluster open(KubernetesSpec spec, Set<Step.Action> actions) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The client looks for its parts, and its threads are born, with the loader of whoever asks.
        thread.setContextClassLoader(KubernetesProvider.class.getClassLoader());
        try {
            return open(config(spec), spec, actions);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Cluster open(Config config, KubernetesSpec spec, Set<Step.Action> actions) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        try {
            return DeploymentCluster.open(client, spec, actions);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static Config config(KubernetesSpec spec) {
        Config found = Config.autoConfigure(spec.context().orElse(null));
        spec.context().ifPresent(context -> {
            List<String> known =
                    found.getContexts().stream().map(NamedContext::getName).toList();
            if (!known.contains(context)) {
                throw new Problem("The kubeconfig has no context '" + context + "'"
                        + (known.isEmpty() ? "; there is none at all." : "; it has " + String.join(", ", known) + "."));
            }
        });
        return new ConfigBuilder(found).withRequestRetryBackoffLimit(RETRIES).build();
    }
}
