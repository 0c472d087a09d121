package dev.midwrite.controller.kubernetes;

import dev.midwrite.controller.Problem;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/** Asks one API server, and says in a sentence why that failed. Thread-safe. */
final class Requests {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;

    Requests(KubernetesClient client) {
        this.client = client;
    }

    /** Such as {@code the cluster at https://10.0.0.1:6443/}. */
    String cluster() {
        return "the cluster at " + client.getMasterUrl();
    }

    /**
     * Asks.
     *
     * @param what as in "does not permit to list pods"
     * @throws Problem if there is no answer, or it is an error
     */
    <T> T ask(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException e) {
            throw new Problem(sentence(what, e), e);
        }
    }

    private String sentence(String what, KubernetesClientException e) {
        String said = e.getStatus() == null || e.getStatus().getMessage() == null
                ? ""
                : " (" + e.getStatus().getMessage().strip().replaceFirst("\\.$", "") + ")";
        if (unanswered(e)) {
            return "No Kubernetes cluster answers at " + client.getMasterUrl() + ": " + root(e)
                    + ". Which one is meant, KUBECONFIG, ~/.kube/config or the service account of a pod says.";
        }
        return switch (e.getCode()) {
            case UNAUTHORIZED ->
                capital(cluster()) + " does not know who asks" + said + "; look at the credentials in the"
                        + " kubeconfig.";
            case FORBIDDEN -> forbidden(what, said);
            default -> capital(cluster()) + " answers " + e.getCode() + " when asked to " + what + said + ".";
        };
    }

    /** @throws Problem if the server says that it would reject this; if it does not say, it is seen later */
    void requireAllowed(String verb, String group, String resource, String namespace, String name) {
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(namespace)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer;
        try {
            answer = client.authorization().v1().selfSubjectAccessReview().create(asked);
        } catch (KubernetesClientException e) {
            if (unanswered(e) || e.getCode() == UNAUTHORIZED) {
                throw new Problem(sentence("say what is permitted", e), e);
            }
            return; // Who may not ask, or is not understood, may still be allowed to do it.
        }
        if (answer.getStatus() != null
                && Boolean.FALSE.equals(answer.getStatus().getAllowed())) {
            throw new Problem(forbidden(verb + " " + resource + " in namespace " + namespace, ""));
        }
    }

    private static boolean unanswered(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    private String forbidden(String what, String said) {
        return capital(cluster()) + " does not permit to " + what + said
                + "; docs/kubernetes.md lists the rights that are" + " needed.";
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().strip().replaceFirst("\\.$", "");
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
