package dev.midwrite.controller.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.midwrite.controller.plan.DrillFile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What lies in examples/kubernetes has no key that Kubernetes does not know, and says what the page says. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../../examples/kubernetes");
    private static final Pattern PLACE = Pattern.compile("\\{\\{ \\.(Values|Release)\\.([A-Za-z.]+) }}");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Deployment", Deployment.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class,
            "Role", Role.class,
            "RoleBinding", RoleBinding.class);

    /** Unlike the client's own, it takes no key that the models do not have. */
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @Test
    void thePatchPutsTheAgentIn() throws IOException {
        Deployment patch = (Deployment) documents(text("kustomize/agent.yaml")).get(0);
        assertAgent(patch.getSpec().getTemplate().getSpec(), 60, 5);

        JsonNode kustomization = STRICT.readTree(text("kustomize/kustomization.yaml"));
        assertThat(kustomization.at("/patches/0/path").asText()).isEqualTo("agent.yaml");
        assertThat(kustomization.at("/patches/0/target/name").asText())
                .isEqualTo(patch.getMetadata().getName());
        assertThat(EXAMPLES.resolve(
                        "kustomize/" + kustomization.at("/resources/0").asText()))
                .exists();
    }

    @Test
    void theRoleHasTheRightsThatThePageNames() throws IOException {
        List<HasMetadata> documents = documents(text("kustomize/role.yaml"));
        String page = Files.readString(Path.of("../../docs/kubernetes.md"));
        Role role = (Role) documents.get(0);
        role.getRules()
                .forEach(rule -> assertThat(page)
                        .contains("| `" + rule.getResources().get(0) + "` | `" + String.join("`, `", rule.getVerbs())
                                + "` |"));
        assertThat(((RoleBinding) documents.get(2)).getRoleRef().getName())
                .isEqualTo(role.getMetadata().getName());
    }

    @Test
    void theChartsTemplatesUseValuesThatThereAre() throws IOException {
        assertThat(STRICT.readTree(text("chart/Chart.yaml")).at("/apiVersion").asText())
                .isEqualTo("v2");
        Deployment deployment = (Deployment)
                documents(filled("chart/templates/deployment.yaml")).get(0);
        assertAgent(deployment.getSpec().getTemplate().getSpec(), 60, 5);
        assertThat(deployment.getSpec().getSelector().getMatchLabels())
                .isEqualTo(deployment.getSpec().getTemplate().getMetadata().getLabels());

        Service service =
                (Service) documents(filled("chart/templates/service.yaml")).get(0);
        assertThat(service.getSpec().getSelector())
                .isEqualTo(deployment.getSpec().getSelector().getMatchLabels());
        assertThat(documents(filled("chart/templates/role.yaml"))).isEqualTo(documents(text("kustomize/role.yaml")));
    }

    @Test
    void theDrillIsValid() {
        assertThat(DrillFile.read(EXAMPLES.resolve("rollout.yaml")).nodes().kubernetes())
                .isPresent();
    }

    private static void assertAgent(PodSpec pod, long grace, long wait) {
        Container copies = pod.getInitContainers().get(0);
        Container tunnel = pod.getInitContainers().get(1);
        Container host = pod.getContainers().get(0);
        List<EnvVar> variables = host.getEnv();
        assertThat(copies.getCommand()).startsWith("cp").endsWith("/midwrite/midwrite-agent.jar");
        assertThat(copies.getRestartPolicy()).isNull();
        assertThat(tunnel.getRestartPolicy()).as("a native sidecar").isEqualTo("Always");
        assertThat(variables).extracting(EnvVar::getName).containsExactly("POD_NAME", "JAVA_TOOL_OPTIONS");
        assertThat(variables.get(0).getValueFrom().getFieldRef().getFieldPath()).isEqualTo("metadata.name");
        assertThat(variables.get(1).getValue())
                .isEqualTo("-javaagent:/midwrite/midwrite-agent.jar=node=$(POD_NAME),controller=127.0.0.1:7411,"
                        + "journal=/midwrite/journal,token=/midwrite-token/agent.token");
        VolumeMount token = host.getVolumeMounts().get(1);
        assertThat(token.getMountPath()).isEqualTo("/midwrite-token");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().equals(token.getName()))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getSecret()).isNotNull());
        assertThat(host.getVolumeMounts().get(0).getName())
                .isEqualTo(copies.getVolumeMounts().get(0).getName())
                .isEqualTo(pod.getVolumes().get(0).getName());
        assertThat(pod.getVolumes().get(0).getEmptyDir()).isNotNull();
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(grace);
        assertThat(host.getLifecycle().getPreStop().getSleep().getSeconds()).isEqualTo(wait);
    }

    private static String text(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file));
    }

    /** As Helm would, for templates that only ask whether something is true, and take values as they are. */
    private static String filled(String file) throws IOException {
        JsonNode values = STRICT.readTree(text("chart/values.yaml"));
        List<String> lines = new ArrayList<>();
        int open = 0;
        for (String line : text(file).lines().toList()) {
            if (line.strip().startsWith("{{- if ")) {
                open++;
                assertThat(values.at(pointer(line.strip()
                                        .substring("{{- if .Values.".length())
                                        .replace(" }}", "")))
                                .isBoolean())
                        .as(line)
                        .isTrue();
            } else if (line.strip().equals("{{- end }}")) {
                open--;
            } else {
                lines.add(PLACE.matcher(line)
                        .replaceAll(place -> Matcher.quoteReplacement(
                                place.group(1).equals("Release") ? "orders" : value(values, place.group(2)))));
            }
        }
        assertThat(open).as("each if has its end").isZero();
        assertThat(String.join("\n", lines)).doesNotContain("{{");
        return String.join("\n", lines);
    }

    private static String value(JsonNode values, String path) {
        JsonNode value = values.at(pointer(path));
        assertThat(value.isValueNode()).as(path + " in values.yaml").isTrue();
        return value.asText();
    }

    private static String pointer(String path) {
        return "/" + path.replace('.', '/');
    }

    private static List<HasMetadata> documents(String text) throws IOException {
        List<HasMetadata> documents = new ArrayList<>();
        for (String document : text.split("(?m)^---$")) {
            Class<? extends HasMetadata> type =
                    KINDS.get(STRICT.readTree(document).at("/kind").asText());
            documents.add(STRICT.readValue(document, type));
        }
        return documents;
    }
}
