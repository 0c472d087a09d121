package dev.midwrite.check.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text that is put, appended to and read, empty at first. Its states are the nodes of a tree of all texts that were
 * read, one node per character: a text that begins none of them can never be read again, however it goes on.
 */
public final class TextModel implements Model {
    private static final int EMPTY = 1;

    private final Map<Call, Integer> actions = new HashMap<>();
    private final Role[] roles;
    private final int[] target;
    private final String[] pieces;
    private final TextTree tree = new TextTree();

    public TextModel(List<Operation> operations) {
        for (Operation operation : operations) {
            actions.putIfAbsent(operation.call(), actions.size());
            if (operation.call() instanceof Call.Read read && !operation.indeterminate()) {
                tree.add((String) read.value(), operation.returned());
            }
        }
        tree.close();
        roles = new Role[actions.size()];
        target = new int[actions.size()];
        pieces = new String[actions.size()];
        actions.forEach((call, action) -> {
            if (call instanceof Call.Read read) {
                roles[action] = Role.OBSERVES;
                target[action] = tree.walk(EMPTY, (String) read.value());
            } else if (call instanceof Call.Write write) {
                roles[action] = Role.OVERWRITES;
                target[action] = tree.walk(EMPTY, (String) write.value());
            } else if (call instanceof Call.Append append) {
                roles[action] = Role.TRANSFORMS;
                pieces[action] = append.piece();
            } else {
                throw new IllegalArgumentException("a text cannot " + call);
            }
        });
    }

    @Override
    public int initial() {
        return EMPTY;
    }

    @Override
    public int action(Call call) {
        return actions.get(call);
    }

    @Override
    public Role role(int action) {
        return roles[action];
    }

    @Override
    public int step(int state, int action) {
        return switch (roles[action]) {
            case OBSERVES -> state != UNSEEN && state == target[action] ? state : REFUSED;
            case OVERWRITES -> target[action];
            default -> tree.walk(state, pieces[action]);
        };
    }

    @Override
    public long lastSeen(int state) {
        return tree.lastRead(state);
    }

    @Override
    public boolean leads(int state, int action) {
        return roles[action] != Role.OBSERVES || tree.begins(state, target[action]);
    }

    @Override
    public long lastUseful(int action) {
        return tree.lastRead(roles[action] == Role.OVERWRITES ? target[action] : EMPTY);
    }
}
