package dev.midwrite.check.search;

/**
 * Drops configurations that cannot reach the next observation in time: nothing can overwrite their state before it
 * returns, and what can happen to the state otherwise does not lead to it.
 */
final class LookAhead {
    private static final int NONE = -1;

    private final Model model;
    private final Timeline timeline;
    /** By event: of the observations invoked later the one that returns first. */
    private final int[] observation;
    /** By event: may an operation that is open, or is invoked before that observation returns, overwrite the state? */
    private final boolean[] overwritten;

    LookAhead(Model model, Timeline timeline) {
        this.model = model;
        this.timeline = timeline;
        int n = timeline.size();
        observation = new int[n];
        overwritten = new boolean[n];
        int[] overwritersOpen = new int[n];
        int open = 0;
        for (int i = 0; i < n; i++) {
            if (overwrites(i)) {
                open += timeline.kind[i] == Timeline.Kind.INVOKE ? 1 : -1;
            }
            overwritersOpen[i] = open;
        }
        int first = NONE;
        long nextOverwriter = Long.MAX_VALUE;
        for (int i = n - 1; i >= 0; i--) {
            observation[i] = first;
            overwritten[i] = first == NONE || overwritersOpen[i] > 0 || nextOverwriter <= timeline.until[first];
            int operation = timeline.operation[i];
            if (timeline.kind[i] == Timeline.Kind.INVOKE) {
                if (overwrites(i)) {
                    nextOverwriter = timeline.time[i];
                } else if (timeline.certain[operation]
                        && model.role(timeline.action[operation]) == Model.Role.OBSERVES
                        && (first == NONE || timeline.until[operation] < timeline.until[first])) {
                    first = operation;
                }
            }
        }
    }

    private boolean overwrites(int event) {
        return model.role(timeline.action[timeline.operation[event]]) == Model.Role.OVERWRITES;
    }

    /** @return {@code frontier} itself if it is small: then the operation that fails is the first that can */
    Frontier prune(Frontier frontier, int event, int from, long[] observers, int limit) {
        if (frontier.size() < from || overwritten[event]) {
            return frontier;
        }
        Frontier left = new Frontier(observers, limit);
        for (Configuration each : frontier) {
            if (model.leads(each.state, timeline.action[observation[event]])) {
                left.add(each);
            }
        }
        return left;
    }

    /** The observation that nothing leads to after {@code event}. */
    int obstacle(int event) {
        return observation[event];
    }
}
