package dev.midwrite.agent.point;

import dev.midwrite.event.PointKind;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One library that keeps, moves or ends sessions: its points, and as nested classes the code that is woven there.
 *
 * <p>Made in premain, on the host's main thread: its constructor holds data only, without lambdas and string
 * concatenation. The advice is inlined and never loaded: it may name the library's types, and holds a few plain lines,
 * without lambdas, string concatenation, enums or methods of its own. Only what is JDK crosses the gate.
 */
public abstract class Library {
    private final String name;
    private final List<Point> points = new ArrayList<>();
    private final List<String> families = new ArrayList<>();
    private final List<String> eventLoops = new ArrayList<>();
    private final List<String> wrappers = new ArrayList<>();
    private boolean keepsMaps;

    /** @param name with which the names of its points begin */
    protected Library(String name) {
        this.name = name;
    }

    /**
     * Adds a point.
     *
     * @param place after the library's name: the class and method, such as {@code SessionRepository.save}
     */
    protected final Point point(String place, PointKind kind, Role role) {
        Point point = new Point(this, name.concat(".").concat(place), kind, role);
        points.add(point);
        return point;
    }

    /**
     * Classes that may carry a point name a class that begins like this, with slashes. Needed for super types that a
     * class may have without naming them; else the super type's own name is looked for.
     */
    protected final void family(String beginning) {
        families.add(beginning);
    }

    /** Threads of this class serve all sessions and must never wait for one; the end of its name, or all of it. */
    protected final void eventLoop(String threadClass) {
        eventLoops.add(threadClass);
    }

    /**
     * Classes whose names begin like this hand their calls over to others that carry the same points: they carry none, or
     * each call would be seen where it is not made.
     */
    protected final void wrapper(String beginning) {
        wrappers.add(beginning);
    }

    /** It is a data grid: sessions may lie in its {@link #maps}. */
    protected final void keepsMaps() {
        keepsMaps = true;
    }

    /** Whether {@link #maps} may find any. */
    public final boolean hasMaps() {
        return keepsMaps;
    }

    /**
     * Maps of this library's that an object of the host is or leads to. Not on the intercepted path.
     *
     * @param object such as what an application's repository has in a field, or what a point of this library calls self
     * @throws ReflectiveOperationException if the library has drifted
     */
    public List<EntryMap> maps(Object object) throws ReflectiveOperationException {
        return List.of();
    }

    /** The type of this name as an object's own class knows it; null if it knows none. */
    protected static Class<?> type(Object object, String type) {
        try {
            return Class.forName(type, false, object.getClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** What an object has in the field of this name, its own or that of a super class. */
    protected static Object inField(Object object, String field) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field declared : type.getDeclaredFields()) {
                if (declared.getName().equals(field)) {
                    declared.setAccessible(true);
                    return declared.get(object);
                }
            }
        }
        throw new NoSuchFieldException(field);
    }

    /**
     * Name of a command, of what the advice has given the gate as its text. On the intercepted path, while recording.
     *
     * @return empty for a command that is none of an operation's, such as a look whether the connection lives
     */
    public String command(String text) {
        return text;
    }

    /**
     * The session's id in a call whose advice cannot tell it. On the intercepted path, while recording.
     *
     * @param self the object whose method was called; null for a static method
     * @param result what it returned; null before the body
     * @return null if there is none
     */
    public String id(Point point, Object self, Object[] arguments, Object result) {
        return null;
    }

    /**
     * Where in an encoded command a byte can be changed so that the store takes the command as it takes any other. While
     * recording, where a fault was asked for.
     *
     * @param command from its position to its limit; big-endian or not, only bytes are read
     * @return an index of the buffer; -1 if the command carries no value
     */
    public int valueByte(ByteBuffer command) {
        return -1;
    }

    /**
     * The attributes of a session that a command carries to its store. On the intercepted path, where it was asked for.
     *
     * @param command its name
     * @param arguments what the advice has given the gate as such; only read
     */
    public void sent(String command, Object arguments, AttributeSink to) {
        // This library's commands are not read.
    }

    /**
     * The attributes of a session that a command has brought from its store. On the intercepted path, where it was asked for.
     *
     * @param command its name
     * @param result what its caller gets
     * @return whether the result is all that the store has of a session; what is not in it is not there
     */
    public boolean brought(String command, Object result, AttributeSink to) {
        return false;
    }

    /**
     * Where a statement that is being prepared has attributes of sessions. While recording, where it was asked for.
     *
     * @param text what the advice has given the gate as such
     * @return null if it has none
     */
    public AttributePlace attributes(String text) {
        return null;
    }

    /**
     * Number of a column of what has come back.
     *
     * @param rows what the caller of a {@link AttributePlace.Columns} statement gets
     * @return 0 if there is no such column
     */
    public int column(Object rows, String label) {
        return 0;
    }

    /** Whether {@link #sent} reads commands of this name. */
    public boolean sends(String command) {
        return false;
    }

    /**
     * Whether this command asks for all that its store has of one session, so that an earlier reply of the same one can stand for
     * it. Of points that are {@link Point#exchanges}.
     */
    public boolean readsWhole(String command) {
        return false;
    }

    /**
     * Number of the database that a connection has selected.
     *
     * @param connection what the advice has given the gate as such; may be null
     * @return -1 if there is no such number, or it cannot be known
     */
    public int database(Object connection) {
        return -1;
    }

    public String name() {
        return name;
    }

    public List<Point> points() {
        return List.copyOf(points);
    }

    /** Beginnings of the names of classes that carry none of its points. */
    public List<String> wrappers() {
        return List.copyOf(wrappers);
    }

    List<String> families() {
        return families;
    }

    List<String> eventLoops() {
        return eventLoops;
    }

    final String nested(String simpleName) {
        return getClass().getName().concat("$").concat(simpleName);
    }
}
