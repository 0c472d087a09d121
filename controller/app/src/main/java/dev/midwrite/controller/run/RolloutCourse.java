package dev.midwrite.controller.run;

import dev.midwrite.controller.Problem;
import dev.midwrite.controller.plan.RolloutSpec;
import dev.midwrite.controller.plan.RolloutSpec.IfMissed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One rollout, from its first node to its last, or back. Not thread-safe; one use. */
final class RolloutCourse {
    /** What somebody wants, or users meet, is noticed at most so much later. */
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);

    private static final String LEFT = "left paused";

    private final RolloutSpec plan;
    private final NodeSwap swap;
    private final RolloutControl control;
    private final UserFigures figures;
    private final RunClock clock;
    private final RolloutNews news;
    private boolean pausedOnce;
    /** Why it ended where it was, up to the colon; empty if it did not. */
    private String left = "";

    private interface Attempt {
        void run() throws InterruptedException;
    }

    /** A node of the new version, and the version that it stands for. */
    private record Brought(String node, String before) {}

    RolloutCourse(
            RolloutSpec plan,
            NodeSwap swap,
            RolloutControl control,
            UserFigures figures,
            RunClock clock,
            RolloutNews news) {
        this.plan = plan;
        this.swap = swap;
        this.control = control;
        this.figures = figures;
        this.clock = clock;
        this.news = news;
    }

    /**
     * Blocks until its end.
     *
     * @return whether all were replaced
     * @throws Problem if a node did not become ready and nothing was to be rolled back, or that failed, too
     */
    boolean run() throws InterruptedException {
        boolean whole = plan.extent().surge() > 0 ? beside() : inPlace();
        figures.unjudged(plan.reaction())
                .ifPresent(words -> news.tell(
                        "",
                        "The rollout's bounds were not looked at (" + words + "): there were fewer than "
                                + UserFigures.LEAST + " attempts."));
        return whole;
    }

    private boolean inPlace() throws InterruptedException {
        List<String> nodes = plan.nodes();
        Map<String, String> before = new LinkedHashMap<>();
        for (List<String> batch : batches(nodes, plan.extent().unavailable())) {
            batch.forEach(name -> before.put(name, swap.node(name).version()));
            Optional<String> back =
                    attempt(() -> swap.each(batch, name -> swap.replace(name, plan, next(before.get(name)))));
            if (back.isEmpty()) {
                back = serve(before.size() < nodes.size());
            }
            if (back.isPresent()) {
                news.rolledBack(back.get());
                for (List<String> next : wayBack(
                        List.copyOf(before.keySet()),
                        name -> swap.node(name).alive(),
                        plan.extent().unavailable())) {
                    swap.each(next, name -> backInPlace(name, before.get(name)));
                }
                return false;
            }
            if (!left.isEmpty()) {
                news.tell(LEFT, left + ": " + before.size() + " of " + nodes.size() + " nodes had been replaced.");
                return false;
            }
        }
        return true;
    }

    /** Whoever is gone comes first; of the others no more are missing at a time than on the way there. */
    static List<List<String>> wayBack(List<String> replaced, Predicate<String> alive, int most) {
        List<List<String>> way = new ArrayList<>();
        List<String> gone = replaced.stream().filter(alive.negate()).toList();
        if (!gone.isEmpty()) {
            way.add(gone);
        }
        way.addAll(batches(replaced.stream().filter(alive).toList(), most));
        return way;
    }

    private void backInPlace(String name, String version) throws InterruptedException {
        if (!swap.node(name).alive() || !swap.node(name).version().equals(version)) {
            swap.replace(name, plan, version);
        }
    }

    private boolean beside() throws InterruptedException {
        List<String> old =
                swap.names().stream().filter(name -> swap.node(name).alive()).toList();
        Deque<String> free = new ArrayDeque<>(
                swap.names().stream().filter(name -> !old.contains(name)).toList());
        List<Brought> brought = new ArrayList<>();
        int extra = Math.min(plan.extent().surge(), free.size());
        if (extra == 0) {
            throw new Problem("All " + old.size() + " nodes run, so none can be started beside them.");
        }
        int gone = 0;
        for (List<String> batch : batches(old, extra)) {
            List<Brought> next = batch.stream()
                    .map(name -> new Brought(free.remove(), swap.node(name).version()))
                    .toList();
            brought.addAll(next);
            Optional<String> back = attempt(() -> bring(next, true));
            if (back.isEmpty()) {
                back = serve(true);
            }
            if (back.isPresent()) {
                backBeside(back.get(), brought, gone, free);
                return false;
            }
            if (!left.isEmpty()) {
                news.tell(LEFT, left + ": " + gone + " of " + old.size() + " nodes had been taken out.");
                return false;
            }
            swap.each(batch, name -> swap.takeOut(name, plan));
            gone += batch.size();
            free.addAll(batch);
        }
        // Who sat on the last one must be seen to be served elsewhere.
        Optional<String> back = serve(true);
        if (back.isPresent()) {
            backBeside(back.get(), brought, gone, free);
        } else if (!left.isEmpty()) {
            news.tell(LEFT, left + ": all " + gone + " nodes had been taken out.");
        }
        return back.isEmpty() && left.isEmpty();
    }

    private void bring(List<Brought> nodes, boolean forwards) throws InterruptedException {
        swap.each(
                nodes.stream().map(Brought::node).toList(),
                name -> swap.bring(
                        name,
                        nodes.stream()
                                .filter(one -> one.node().equals(name))
                                .map(one -> forwards ? next(one.before()) : one.before())
                                .findFirst()
                                .orElseThrow()));
    }

    /** The same way: what was there before is started beside the new nodes, before as many of these are taken out. */
    private void backBeside(String why, List<Brought> brought, int gone, Deque<String> free)
            throws InterruptedException {
        news.rolledBack(why);
        List<String> wrong = new ArrayList<>();
        for (Brought one : brought) {
            if (swap.node(one.node()).alive()) {
                wrong.add(one.node());
            } else {
                free.add(one.node());
            }
        }
        Deque<Brought> missing = new ArrayDeque<>(brought.subList(0, gone));
        int most = plan.extent().surge();
        while (!missing.isEmpty() || !wrong.isEmpty()) {
            List<Brought> again = new ArrayList<>();
            // Where all run that may, some of the new ones are too many.
            while (again.size() < most && !missing.isEmpty() && !free.isEmpty()) {
                again.add(new Brought(free.remove(), missing.remove().before()));
            }
            bring(again, false);
            List<String> out = List.copyOf(wrong.subList(0, Math.min(most, wrong.size())));
            swap.each(out, name -> swap.takeOut(name, plan));
            wrong.removeAll(out);
            free.addAll(out);
        }
    }

    private static <T> List<List<T>> batches(List<T> all, int most) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            batches.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return batches;
    }

    private String next(String version) {
        return plan.to().orElse(version);
    }

    /** @return why all must go back, empty if they need not */
    private Optional<String> attempt(Attempt what) throws InterruptedException {
        try {
            what.run();
            return Optional.empty();
        } catch (Problem e) {
            if (!plan.reaction().rollBack()) {
                throw e;
            }
            return Optional.of(inOneLine(e.getMessage()));
        }
    }

    /** A problem of a node's start quotes the end of its log, which is there to be read. */
    private static String inOneLine(String problem) {
        return problem.lines().findFirst().orElse("").replaceFirst(" Its log (.*) ends:$", " Its log is $1.");
    }

    /**
     * New nodes serve for a while, and for longer if the rollout is paused.
     *
     * @param more nodes are to be taken out afterwards; without, they are only watched if something could bring them back
     * @return why all must go back, empty if they need not
     */
    private Optional<String> serve(boolean more) throws InterruptedException {
        boolean watched =
                more || plan.reaction().rollBack() || !plan.reaction().bounds().isEmpty();
        long until = clock.now() + (watched ? plan.pause().toNanos() : 0);
        long pausedAt = Long.MIN_VALUE;
        while (true) {
            Optional<String> back = back();
            boolean paused = control.paused();
            long now = clock.now();
            if (paused && pausedAt == Long.MIN_VALUE) {
                pausedAt = now;
                news.tell("paused", "The rollout was paused.");
            } else if (!paused && pausedAt != Long.MIN_VALUE && back.isEmpty() && !control.over()) {
                news.tell(
                        "resumed",
                        String.format(Locale.ROOT, "The rollout went on after %.1f s.", (now - pausedAt) / 1e9));
                pausedAt = Long.MIN_VALUE;
            }
            if (back.isPresent()) {
                return back;
            }
            if (left.isEmpty() && pausedAt != Long.MIN_VALUE && control.over()) {
                left = "The rollout was still paused when users stopped";
            }
            if (!left.isEmpty()) {
                return Optional.empty();
            }
            if (!paused && now >= until) {
                return Optional.empty();
            }
            clock.sleep(paused ? POLL : Math.min(POLL, until - now));
        }
    }

    /** Pauses if that is what a missed bound asks for. */
    private Optional<String> back() {
        Optional<String> back = control.back();
        if (back.isEmpty() && plan.reaction().rollBack()) {
            back = figures.harm();
        }
        Optional<String> missed = figures.missed(plan.reaction());
        if (back.isEmpty() && missed.isPresent()) {
            if (plan.reaction().ifMissed() == IfMissed.ROLL_BACK) {
                return missed;
            }
            if (!pausedOnce) {
                pausedOnce = true;
                news.tell("", "A bound of the rollout is exceeded: " + missed.get());
                if (!control.hold()) {
                    left = "The rollout stays as it is, because users' time is over and nobody can resume it";
                }
            }
        }
        return back;
    }
}
