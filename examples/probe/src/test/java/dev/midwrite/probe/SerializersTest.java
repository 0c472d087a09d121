package dev.midwrite.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.serializer.JdkSerializationRedisSerializer;

/** What the probe stores comes back from every serializer as it went in, and what does not is reported as damage. */
class SerializersTest {
    private static final long[] IDS = {1, -1, Long.MIN_VALUE, 0x1122334455667788L};

    /** A way to a store and back; throws what the serializer throws. */
    private interface Travel {
        Object there(Object value) throws Exception;
    }

    static Stream<Arguments> serializers() {
        return Stream.of(
                named("JDK", value -> {
                    JdkSerializationRedisSerializer jdk = new JdkSerializationRedisSerializer();
                    return jdk.deserialize(jdk.serialize(value));
                }),
                named("Spring's JSON with types", SerializersTest::jsonWithTypes),
                named("JSON without types", value -> {
                    ObjectMapper json = new ObjectMapper();
                    return json.readValue(json.writeValueAsBytes(value), Object.class);
                }),
                named("Kryo", value -> {
                    Kryo kryo = new Kryo();
                    Output out = new Output(64, -1);
                    kryo.writeClassAndObject(out, value);
                    return kryo.readClassAndObject(new Input(out.toBytes()));
                }),
                named("ProtoStream", value -> {
                    SerializationContext context = ProtobufUtil.newSerializationContext();
                    return ProtobufUtil.fromWrappedByteArray(context, ProtobufUtil.toWrappedByteArray(context, value));
                }));
    }

    @SuppressWarnings("removal") // What Spring Session applications with JSON still use.
    private static Object jsonWithTypes(Object value) {
        var json = new org.springframework.data.redis.serializer.GenericJackson2JsonRedisSerializer();
        return json.deserialize(json.serialize(value));
    }

    private static Arguments named(String name, Travel travel) {
        return Arguments.of(name, travel);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    void everythingComesBack(String name, Travel travel) {
        HttpSession session = session(value -> travelled(travel, value));
        new ProbeSession(session).begin(-2);
        for (long id : IDS) {
            new ProbeSession(session).append(id);
        }
        new ProbeSession(session).increment();
        new ProbeSession(session).increment();
        new ProbeSession(session).register("a", "mw1:x");
        new ProbeSession(session).group("mw1:g");
        new ProbeSession(session).large("mw1:l");
        new ProbeSession(session).document("mw1:1");
        new ProbeSession(session).document("mw1:2");

        ProbeSession read = new ProbeSession(session);
        assertThat(read.incarnation()).isEqualTo(-2);
        assertThat(read.list()).isEqualTo(IDS);
        assertThat(read.counter()).isEqualTo(2);
        assertThat(read.register("a")).isEqualTo("mw1:x");
        assertThat(read.group()).hasSize(4).containsOnly("mw1:g");
        assertThat(read.large()).hasSize(256).containsOnly("mw1:l");
        assertThat(read.document()).containsExactly("mw1:2", "mw1:1");
        assertThat(read.damage()).as(name).isNull();
    }

    /** The one value that is no string needs a serializer that knows lists. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("serializersOfLists")
    void theObjectComesBack(String name, Travel travel) {
        HttpSession session = session(value -> travelled(travel, value));
        assertThat(new ProbeSession(session).object()).isNull();
        new ProbeSession(session).object("mw1:o");
        assertThat(new ProbeSession(session).object()).as(name).isEqualTo("mw1:o");
        ProbeSession changed = new ProbeSession(session);
        changed.object("mw1:p");
        assertThat(changed.object()).isEqualTo("mw1:p");
        assertThat(changed.damage()).isNull();
    }

    static Stream<Arguments> serializersOfLists() {
        return serializers()
                .filter(serializer ->
                        !Set.of("Kryo", "ProtoStream").contains(serializer.get()[0]));
    }

    @Test
    void anotherTypeIsDamageAndNotAbsence() {
        HttpSession session = session(value -> List.of(1, 2));
        ProbeSession written = new ProbeSession(session);
        written.object("mw1:o");
        written.begin(5);
        written.register("a", "mw1:x");
        written.append(1);
        written.increment();
        written.document("mw1:1");
        written.group("mw1:g");

        assertThat(new ProbeSession(session).register("a")).isEqualTo("mw1:damaged");
        assertThat(new ProbeSession(session).document()[0]).isEqualTo("mw1:damaged");
        assertThat(new ProbeSession(session).group()).containsOnly("mw1:damaged");
        assertThat(new ProbeSession(session).object()).isEqualTo("mw1:damaged");
        assertThat(damage(session, ProbeSession::list)).startsWith("mw.list is of class java.util.");
        assertThat(damage(session, ProbeSession::counter)).startsWith("mw.counter is of class java.util.");
        assertThat(damage(session, ProbeSession::incarnation)).startsWith("mw.incarnation is of class java.util.");
    }

    @Test
    void cutTextIsDamage() {
        HttpSession session = session(value -> value.toString().substring(0, 5));
        new ProbeSession(session).append(1);
        new ProbeSession(session).group("mw1:g");
        assertThat(damage(session, ProbeSession::list)).isEqualTo("a list of 5 characters");
        assertThat(new ProbeSession(session).group())
                .containsExactly("mw1:g", "mw1:damaged", "mw1:damaged", "mw1:damaged");
        HttpSession other = session(value -> "?" + value);
        new ProbeSession(other).append(1);
        new ProbeSession(other).increment();
        assertThat(damage(other, ProbeSession::list)).isEqualTo("?0000000000000001 is no list");
        assertThat(damage(other, ProbeSession::counter)).isEqualTo("?1 is no number");
    }

    @Test
    void nothingStoredIsNoDamage() {
        ProbeSession empty = new ProbeSession(session(value -> value));
        assertThat(empty.list()).isEmpty();
        assertThat(empty.counter()).isZero();
        assertThat(empty.register("a")).isNull();
        assertThat(empty.document()).containsExactly(null, null);
        assertThat(empty.group()).containsOnlyNulls();
        assertThat(empty.damage()).isNull();
    }

    private static String damage(HttpSession session, java.util.function.Consumer<ProbeSession> read) {
        ProbeSession probe = new ProbeSession(session);
        read.accept(probe);
        return probe.damage();
    }

    private static Object travelled(Travel travel, Object value) {
        try {
            return travel.there(value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A session whose attributes travel to a store and back when they are set. */
    private static HttpSession session(UnaryOperator<Object> travel) {
        Map<Object, Object> attributes = new HashMap<>();
        return (HttpSession) Proxy.newProxyInstance(
                SerializersTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAttribute" -> {
                            return attributes.get(arguments[0]);
                        }
                        case "setAttribute" -> {
                            attributes.put(arguments[0], travel.apply(arguments[1]));
                            return null;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
