package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.gate.Gate;
import dev.midwrite.agent.point.Catalogue;
import dev.midwrite.agent.point.Library;
import dev.midwrite.agent.weave.TestWeaver;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.FaultKind;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.instrument.IllegalClassFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The points of files. The JDK's class cannot be loaded twice: a double with its members is woven under its name and loaded
 * under its own; forked tests see the real one.
 */
class FilesTest extends LibraryContract {
    private static final String OPEN = "file.FileOutputStream.open";
    private static final String WRITE = "file.FileOutputStream.write";
    /** Holds what the rig's operation says of its files. */
    private static final String OF_THE_SESSION = "an id.session";

    @TempDir
    Path directory;

    private int subjects;

    @Override
    Library library() {
        return new Files();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        Map<String, Supplier<Subject>> all = new LinkedHashMap<>();
        all.put(OPEN, () -> new OnFile("open", OF_THE_SESSION));
        all.put(WRITE, () -> new OnFile("write", OF_THE_SESSION));
        return all;
    }

    @Test
    void whatIsWrittenElsewhereIsNoStep() throws Exception {
        try (Rig rig = new Rig(WRITE, new OnFile("write", "server.log"))) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.records()).isEmpty();
            assertThat(rig.subject.bodyRan()).isTrue();
        }
    }

    @Test
    void theJdksClassHasAllThatIsWoven() throws Exception {
        TestWeaver weaver = new TestWeaver(new Catalogue(Libraries.all()));
        try (InputStream from = FileOutputStream.class.getResourceAsStream("FileOutputStream.class")) {
            assertThat(weaver.weave(null, "java/io/FileOutputStream", from.readAllBytes()))
                    .isNotNull();
        }
        assertThat(weaver.reports().stream()
                        .filter(report -> report.name().startsWith("file."))
                        .map(report -> report.state().name()))
                .containsOnly("WOVEN");
    }

    @ParameterizedTest
    @CsvSource({"write, 4", "write all, 4", "write one, 0"})
    void aTornWriteIsAnnouncedAndItsBeginningIsInTheFile(String how, int written) throws Exception {
        OnFile subject = new OnFile(how, OF_THE_SESSION);
        try (Rig rig = new Rig(WRITE, subject)) {
            rig.prepare();
            rig.inject(FaultKind.TEAR, dev.midwrite.event.Edge.INSIDE, "", 4);
            rig.call();
            assertThat(rig.faults()).extracting(EventRecord::digest).containsExactly((long) written);
            assertThat(rig.heldAtItsEnd)
                    .as("announced, then ended")
                    .isEqualTo(rig.journal.records.indexOf(rig.faults().get(0)) + 1);
            assertThat(subject.content()).startsWith("content".substring(0, written));
            if (!how.equals("write one")) { // Here the process lives on and writes its byte.
                assertThat(subject.content()).hasSize(written);
            }
        }
    }

    /** Writes to a double of the JDK's stream. */
    private final class OnFile extends Subject {
        private final String how;
        private final String name;
        private Path file;
        private Callable<?> stream;

        OnFile(String how, String name) {
            this.how = how;
            this.name = name;
        }

        @Override
        Class<?>[] classes() {
            return new Class<?>[0];
        }

        @Override
        void prepare(WovenLoader unused) throws ReflectiveOperationException {
            subjects++;
            file = directory.resolve(subjects + name);
            Gate open = Gate.open;
            Gate.open = null;
            stream = (Callable<?>) new DoubleLoader(getClass().getClassLoader())
                    .loadClass(Stream.class.getName())
                    .getConstructor(String.class, String.class)
                    .newInstance(file.toString(), how);
            Gate.open = open;
        }

        @Override
        void call() throws Exception {
            stream.call();
        }

        @Override
        boolean bodyRan() {
            return how.equals("open") ? file.toFile().exists() : !content().isEmpty();
        }

        String content() {
            try {
                return java.nio.file.Files.readString(file, StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return "";
            }
        }
    }

    /** Weaves the double as if it were the JDK's. */
    private static final class DoubleLoader extends ClassLoader {
        private static final String DOUBLE = Stream.class.getName().replace('.', '/');
        private static final String JDK = "java/io/FileOutputStream";

        DoubleLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Stream.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream from = getParent().getResourceAsStream(DOUBLE + ".class")) {
                byte[] renamed = renamed(from.readAllBytes(), DOUBLE, JDK);
                byte[] woven = new TestWeaver(new Catalogue(Libraries.all())).weave(this, JDK, renamed);
                byte[] defined = renamed(woven, JDK, DOUBLE);
                return defineClass(name, defined, 0, defined.length);
            } catch (IOException | IllegalClassFormatException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private static byte[] renamed(byte[] code, String from, String to) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(code)
                    .accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, Map.of(from, to))), 0);
            return writer.toByteArray();
        }
    }

    /** Has the woven members of the JDK's stream. Public: it is loaded again. */
    public static final class Stream implements Callable<Object> {
        private final String path;
        private final String how;
        private RandomAccessFile file;

        public Stream(String path, String how) throws IOException {
            this.path = path;
            this.how = how;
            if (!how.equals("open")) {
                open(path, false);
            }
        }

        @Override
        public Object call() throws IOException {
            switch (how) {
                case "open" -> open(path, false);
                case "write" -> write("a content".getBytes(StandardCharsets.US_ASCII), 2, "content".length());
                case "write all" -> write("content".getBytes(StandardCharsets.US_ASCII));
                default -> write('c');
            }
            return null;
        }

        private void open(String name, boolean append) throws IOException {
            file = new RandomAccessFile(name, append ? "r" : "rw");
        }

        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        public void write(byte[] bytes) throws IOException {
            file.write(bytes);
        }

        public void write(int content) throws IOException {
            file.write(content);
        }
    }
}
