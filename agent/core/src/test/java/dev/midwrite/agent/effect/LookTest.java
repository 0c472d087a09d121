package dev.midwrite.agent.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.fault.Injections;
import dev.midwrite.agent.library.MemoryJournal;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.EntryMap;
import dev.midwrite.agent.point.KeptSessions;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.point.Point;
import dev.midwrite.agent.point.Role;
import dev.midwrite.event.PointKind;
import dev.midwrite.event.SessionHash;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which maps are found where sessions pass, and what is told of them. */
class LookTest {
    private static final byte[] KEY = {1, 2, 3};

    private final SessionHash hash = new SessionHash(KEY);
    private final Grid grid = new Grid();
    private final Catalogue catalogue = new Catalogue(List.of(grid));
    private final MemoryJournal journal = new MemoryJournal();
    private final OpenGate gate =
            new OpenGate(catalogue, journal, new Injections(), null, KEY, false, () -> {}, () -> {});

    /** Nobody else does. */
    private final List<Object> kept = new ArrayList<>();

    /** A library with maps, and what a member of it calls itself. */
    private static final class Grid extends Library {
        final Point save = point("Repository.save", PointKind.SESSION_SAVE, Role.OPERATION);
        final Point owned = point("Member.owned", PointKind.STORE_COMMIT, Role.ADOPT);
        final Point set = point("Session.set", PointKind.SESSION_SET, Role.CHANGE);

        Grid() {
            super("test");
            keepsMaps();
        }

        @Override
        public List<EntryMap> maps(Object object) throws ReflectiveOperationException {
            if (object instanceof Drifted) {
                throw new NoSuchMethodException("maps");
            }
            return object instanceof EntryMap map
                    ? List.of(map)
                    : object instanceof Member member ? List.copyOf(member.maps) : List.of();
        }
    }

    private record Entries(String name, Map<String, Long> entries) implements EntryMap {
        @Override
        public void read(Reader reader) {
            entries.forEach(reader::entry);
        }
    }

    private record Broken(String name) implements EntryMap {
        @Override
        public void read(Reader reader) throws ReflectiveOperationException {
            reader.entry("one of them", 5);
            throw new InvocationTargetException(new IllegalStateException("secret"));
        }
    }

    private static final class Drifted {}

    private static final class Member {
        final List<EntryMap> maps;

        Member(EntryMap... maps) {
            this.maps = List.of(maps);
        }
    }

    @SuppressWarnings("UnusedVariable") // A look reads fields.
    private static class Base {
        final Object map;

        Base(Object map) {
            this.map = map;
        }
    }

    @SuppressWarnings("UnusedVariable") // A look reads fields.
    private static final class Repository extends Base {
        final Object drifted = new Drifted();
        final Object nothing = null;
        final int number = 7;

        Repository(Object map) {
            super(map);
        }
    }

    private void pass(Point point, Object self, String id) {
        kept.add(self);
        Object token = gate.enter(point.number(), self, id, null, null);
        gate.exit(token, null, null, null);
    }

    @Test
    void aMapInARepositoryIsFoundWithTheSessionsThatPassedThere() {
        Entries map = new Entries("sessions", Map.of("an id", 600_000L, "another", EntryMap.NEVER));
        pass(grid.save, new Repository(map), "an id");
        assertThat(gate.look(""))
                .containsExactly(new KeptSessions(
                        "sessions", true, Map.of(hash.of("an id"), 600_000L, hash.of("another"), EntryMap.NEVER), ""));
    }

    @Test
    void aMapWithoutASessionThatPassedIsNotFamiliar() {
        pass(grid.save, new Repository(new Entries("carts", Map.of("an id", 5L))), "another");
        assertThat(gate.look("")).singleElement().matches(kept -> !kept.familiar());
    }

    /** Of 64 at the most: each has a place by its hash, and gives it up to the next one there. */
    @Test
    void aSessionIsKnownUntilAnotherTakesItsPlace() {
        Repository repository = new Repository(new Entries("sessions", Map.of("first", 5L)));
        pass(grid.save, repository, "first");
        for (int i = 0; i < 1_000; i++) {
            if (place("id " + i) != place("first")) {
                pass(grid.save, repository, "id " + i);
            }
        }
        assertThat(gate.look("")).singleElement().matches(KeptSessions::familiar);
        pass(
                grid.save,
                repository,
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "id " + i)
                        .filter(id -> place(id) == place("first"))
                        .findFirst()
                        .orElseThrow());
        assertThat(gate.look("")).singleElement().matches(kept -> !kept.familiar());
    }

    private long place(String id) {
        return hash.of(id) & 63;
    }

    @Test
    void mapsOfAMemberAreLookedIntoByNameOnly() {
        Member member = new Member(new Entries("a", Map.of("an id", 1L)), new Entries("b", Map.of("an id", 2L)));
        pass(grid.save, new Object(), "an id");
        pass(grid.owned, member, "an id");
        assertThat(gate.look("")).isEmpty();
        assertThat(gate.look("b")).extracting(KeptSessions::map).containsExactly("b");
        assertThat(gate.look("c")).isEmpty();
    }

    @Test
    void aNameLeavesOutOtherMapsOfARepositoryAndOneMapCountsOnce() {
        Entries map = new Entries("sessions", Map.of());
        pass(grid.save, new Repository(map), "an id");
        pass(grid.save, new Repository(new Entries("other", Map.of())), "an id");
        pass(grid.owned, new Member(map), "an id");
        assertThat(gate.look("sessions")).extracting(KeptSessions::map).containsExactly("sessions");
    }

    @Test
    void whatCannotBeReadIsSaidWithoutItsMessage() {
        pass(grid.save, new Repository(new Broken("sessions")), "one of them");
        assertThat(gate.look(""))
                .containsExactly(new KeptSessions(
                        "sessions", true, Map.of(hash.of("one of them"), 5L), "java.lang.IllegalStateException"));
    }

    @Test
    void aSessionObjectIsNobodyWhoKeepsSessions() {
        Object session = new Repository(new Entries("sessions", Map.of("an id", 1L)));
        Object token = gate.enter(grid.save.number(), this, "an id", session, null);
        gate.exit(token, null, null, null);
        pass(grid.set, session, "an id");
        assertThat(gate.look("")).isEmpty();
    }

    @Test
    void noMoreThanSixteenObjectsAreKnown() {
        for (int i = 0; i < 20; i++) {
            pass(grid.save, new Repository(new Entries("map " + i, Map.of())), "an id");
        }
        assertThat(gate.look("")).hasSize(16);
    }
}
