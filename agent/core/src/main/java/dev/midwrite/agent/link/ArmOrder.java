package dev.midwrite.agent.link;

import dev.midwrite.agent.fault.Injection;
import dev.midwrite.agent.fault.Policy;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.PointReport;
import dev.midwrite.link.v1.Armed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an injection can be armed, and where not.
 *
 * @param possible where it can be done and is permitted, woven already or not
 * @param woven names of those that are woven
 * @param impossible why it is not armed at the others that it selects, one sentence each
 */
record ArmOrder(List<Point> possible, List<String> woven, List<String> impossible) {

    static ArmOrder of(Injection injection, List<PointReport> reports, Policy policy) {
        ArmOrder order = new ArmOrder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (PointReport report : reports) {
            if (injection.selects(report.point())) {
                order.sort(injection, report, policy);
            }
        }
        return order;
    }

    private void sort(Injection injection, PointReport report, Policy policy) {
        Point point = report.point();
        Optional<String> reason = point.reason(injection.fault(), injection.edge());
        if (reason.isEmpty() && report.isNowhere()) {
            reason = Optional.of(
                    injection.fault().label() + " at " + point.name() + " is impossible: " + report.reason());
        }
        if (reason.isEmpty()) {
            reason = policy.rejection(point);
        }
        if (reason.isPresent()) {
            impossible.add(reason.get());
            return;
        }
        possible.add(point);
        if (report.state() == PointReport.State.WOVEN) {
            woven.add(point.name());
        }
    }

    /**
     * The answer.
     *
     * @param refusal of all of it; empty for none
     */
    void tell(Armed.Builder armed, String refusal) {
        boolean isNowhere = possible.isEmpty() && !impossible.isEmpty();
        armed.addAllPoints(woven);
        armed.setRefusal(refusal.isEmpty() && isNowhere ? impossible.get(0) : refusal);
        if (armed.getRefusal().isEmpty()) {
            armed.addAllImpossible(impossible);
        }
    }
}
