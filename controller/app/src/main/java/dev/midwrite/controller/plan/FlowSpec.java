package dev.midwrite.controller.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What users do beside the probe's operations, or without any probe.
 *
 * @param headers that go with every request of the user, the probe's operations, too; left out while a placeholder in
 *     them is not known
 * @param before a session is used, in this order; the session is there when all have ended as expected
 * @param between operations of the session, one after the other
 * @param every how many operations lie between two rounds of {@code between}
 * @param after the final reads
 * @param logout of users now and then
 * @param workloads of the application's own
 * @param alive shows whether the session is there; only where there is no probe
 * @param loginPage what is found on a page that demands a login alone, whatever its status
 */
public record FlowSpec(
        CredentialSource credentials,
        Map<String, String> headers,
        List<FlowStep> before,
        List<FlowStep> between,
        int every,
        List<FlowStep> after,
        Optional<LogoutSpec> logout,
        List<OwnWorkload> workloads,
        Optional<FlowStep> alive,
        Optional<Extraction> loginPage) {

    public static final FlowSpec NONE = new FlowSpec(
            CredentialSource.NONE,
            Map.of(),
            List.of(),
            List.of(),
            1,
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    /** Whether whoever asks for it must be logged in: not on the way there, and not on the way out. */
    public boolean needsLogin(FlowStep step) {
        return !before.contains(step)
                && !after.contains(step)
                && logout.filter(out -> out.steps().contains(step)).isEmpty();
    }

    /** All steps that are no workload's, in the order of their numbers. */
    public List<FlowStep> steps() {
        return Stream.of(before, between, after, ofLogout())
                .flatMap(List::stream)
                .toList();
    }

    /** What the logout asks for, its page first; none if there is no logout. */
    public List<FlowStep> ofLogout() {
        return logout.stream()
                .flatMap(out -> Stream.concat(Stream.of(out.page()), out.steps().stream()))
                .toList();
    }

    /** Whether some request sets this header itself. */
    public boolean sets(String header) {
        return Stream.of(
                        Stream.of(headers),
                        steps().stream().map(FlowStep::headers),
                        workloads.stream()
                                .flatMap(own ->
                                        Stream.of(own.write(), own.read()).map(FlowStep::headers)),
                        alive.stream().map(FlowStep::headers))
                .flatMap(each -> each)
                .anyMatch(each -> each.keySet().stream().anyMatch(header::equalsIgnoreCase));
    }

    /** What the numbers of workloads, then of steps, stand for. */
    public List<String> titles() {
        return Stream.concat(
                        workloads.stream().map(OwnWorkload::name),
                        steps().stream().map(step -> "step '" + step.name() + "'"))
                .toList();
    }
}
