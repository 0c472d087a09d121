package dev.midwrite.agent.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midwrite.agent.point.Library;
import dev.midwrite.event.EventRecord;
import dev.midwrite.event.EventType;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.session.MapSession;
import org.springframework.session.ReactiveMapSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The point of WebFlux, without a server. */
class WebFluxTest extends LibraryContract {
    private static final String HANDLE = "webflux.HttpWebHandlerAdapter.handle";

    @Override
    Library library() {
        return new WebFlux();
    }

    @Override
    Map<String, Supplier<Subject>> subjects() {
        return Map.of(HANDLE, Handled::new);
    }

    @Test
    void whatIsDoneForARequestIsTiedToItOnWhateverThread() throws Exception {
        Saving subject = new Saving();
        try (Rig rig = new Rig(HANDLE, subject)) {
            rig.prepare();
            rig.open();
            rig.call();
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.type() == EventType.OPERATION)
                    .extracting(rig.journal::pointOf)
                    .contains("spring.ReactiveSessionRepository.save", "spring.Session.set");
            assertThat(rig.journal.records)
                    .filteredOn(record -> record.type() == EventType.OPERATION)
                    .extracting(EventRecord::request)
                    .containsOnly(0xaaL);
            assertThat(rig.records().get(1).session())
                    .as("the session that it saved")
                    .isNotZero();
        }
    }

    /** A handler that says that it ran. */
    private static class Handled extends Subject {
        private HttpHandler adapter;
        private boolean ran;

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {HttpWebHandlerAdapter.class};
        }

        @Override
        List<String> again() {
            return List.of("org.springframework.web.server.adapter.");
        }

        @Override
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            ran = false;
            WebHandler handler = exchange -> Mono.defer(() -> {
                ran = true;
                return handled();
            });
            adapter = (HttpHandler) loader.loadClass(HttpWebHandlerAdapter.class.getName())
                    .getConstructor(WebHandler.class)
                    .newInstance(handler);
        }

        Mono<Void> handled() {
            return Mono.empty();
        }

        @Override
        void call() {
            adapter.handle(new Request(), new Response()).block();
        }

        @Override
        boolean bodyRan() {
            return ran;
        }
    }

    /** A handler that makes a session, changes and saves it, on other threads than its caller's. */
    private static final class Saving extends Handled {
        private ReactiveSessionRepository<Session> repository;

        @Override
        Class<?>[] classes() {
            return new Class<?>[] {HttpWebHandlerAdapter.class, ReactiveMapSessionRepository.class, MapSession.class};
        }

        @Override
        @SuppressWarnings("unchecked")
        void prepare(WovenLoader loader) throws ReflectiveOperationException {
            super.prepare(loader);
            repository =
                    (ReactiveSessionRepository<Session>) loader.loadClass(ReactiveMapSessionRepository.class.getName())
                            .getConstructor(Map.class)
                            .newInstance(new HashMap<>());
        }

        @Override
        Mono<Void> handled() {
            return repository.createSession().publishOn(Schedulers.single()).flatMap(session -> {
                session.setAttribute("name", "value");
                return repository.save(session);
            });
        }
    }

    /** With the users' headers. */
    private static final class Request extends AbstractServerHttpRequest {
        Request() {
            super(HttpMethod.GET, URI.create("http://x/"), "", headers());
        }

        private static HttpHeaders headers() {
            HttpHeaders headers = new HttpHeaders();
            headers.set("X-Midwrite-Request", "00000000000000aa");
            headers.set("X-Midwrite-Session", "00000000000000bb");
            headers.set("traceparent", "00-" + LibraryContract.TRACE + "-00f067aa0ba902b7-01");
            return headers;
        }

        @Override
        protected MultiValueMap<String, HttpCookie> initCookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        protected SslInfo initSslInfo() {
            return null;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // So it is declared.
        public <T> T getNativeRequest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.empty();
        }
    }

    /** Goes nowhere. */
    private static final class Response extends AbstractServerHttpResponse {
        Response() {
            super(DefaultDataBufferFactory.sharedInstance);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // So it is declared.
        public <T> T getNativeResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
            return Mono.empty();
        }

        @Override
        protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return Mono.empty();
        }

        @Override
        protected void applyStatusCode() {}

        @Override
        protected void applyHeaders() {}

        @Override
        protected void applyCookies() {}
    }
}
