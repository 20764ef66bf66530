// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/**
 * Decides for each request whether the caller may have an answer, and runs its handler on a worker thread. Small bodies
 * are collected without a thread, so slow senders hold none; streams may hold some of the workers and never all.
 */
final class PeerDispatcher implements HttpHandler {
    /** A request that asks whether a stream would be taken, and sends none. */
    static final HttpString ASK = new HttpString("Pbx-Ha-Ask");

    static final int TEXT_LIMIT = 256 * 1024;
    static final int MAX_STREAMS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(PeerDispatcher.class);

    private final PeerGate gate;
    private final String version;
    private final ServerLimits limits;
    private final PeerAnswers answers;
    private final Map<String, PeerRoute> routes;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);

    PeerDispatcher(PeerGate gate, String version, List<PeerRoute> routes, ServerLimits limits) {
        this.gate = gate;
        this.version = version;
        this.limits = limits;
        this.answers = new PeerAnswers(version, limits.grace());
        this.routes = routes.stream().collect(Collectors.toUnmodifiableMap(PeerRoute::path, Function.identity()));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        X509Certificate caller = PeerGate.callerOf(exchange);
        PeerRoute route =
                exchange.getRequestMethod().equals(Methods.POST) ? routes.get(exchange.getRequestPath()) : null;
        if (!gate.admits(caller, route)) {
            LOG.debug("refused {} from {}", exchange.getRequestPath(), exchange.getSourceAddress());
            answers.deny(exchange);
        } else if (route == null) {
            String sentence = "this version of pbx-ha (" + version + ") does not know " + exchange.getRequestPath();
            answers.refuse(exchange, new PeerRefusal(404, sentence, "Install the same version on both nodes."));
        } else if (route.kind() == PeerRoute.Kind.STREAM) {
            stream(exchange, route, caller);
        } else {
            text(exchange, route, caller);
        }
    }

    private void text(HttpServerExchange exchange, PeerRoute route, @Nullable X509Certificate caller) {
        exchange.setMaxEntitySize(TEXT_LIMIT);
        CloseTimer timer = CloseTimer.start(exchange, limits.text());
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(TEXT_LIMIT);
        receiver.receiveFullBytes(
                (done, bytes) -> {
                    timer.cancel();
                    PeerCall call = call(done, caller, new String(bytes, UTF_8), InputStream.nullInputStream());
                    done.dispatch(() -> answer(done, route.handler(), call));
                },
                (failed, error) -> {
                    timer.cancel();
                    failed.setPersistent(false);
                    String sentence = "the request is longer than " + TEXT_LIMIT + " bytes, or ended early";
                    answers.refuse(failed, new PeerRefusal(StatusCodes.REQUEST_ENTITY_TOO_LARGE, sentence, ""));
                });
    }

    private void stream(HttpServerExchange exchange, PeerRoute route, @Nullable X509Certificate caller) {
        if (!version.equals(header(exchange, PeerAnswers.VERSION))) {
            answers.refuseVersion(exchange);
        } else if (exchange.getRequestHeaders().contains(ASK)) {
            PeerCall call = call(exchange, caller, "", InputStream.nullInputStream());
            exchange.dispatch(() -> answer(exchange, route.admission(), call));
        } else if (!streams.tryAcquire()) {
            String sentence = "this node already receives " + MAX_STREAMS + " streams";
            answers.refuse(exchange, new PeerRefusal(503, sentence, "Try again when they have ended."));
        } else {
            exchange.addExchangeCompleteListener((done, next) -> {
                streams.release();
                next.proceed();
            });
            exchange.dispatch(() -> receive(exchange, route, caller));
        }
    }

    private void receive(HttpServerExchange exchange, PeerRoute route, @Nullable X509Certificate caller) {
        exchange.startBlocking();
        StallGuardedInput body = new StallGuardedInput(exchange, exchange.getInputStream(), limits.stall());
        try {
            answer(exchange, call -> take(route, call, body), call(exchange, caller, "", body));
            if (body.broken()) {
                IoUtils.safeClose(exchange.getConnection());
            }
        } finally {
            body.release();
        }
    }

    private String take(PeerRoute route, PeerCall call, StallGuardedInput body) throws IOException, PeerRefusal {
        try {
            route.admission().answer(call);
            return route.handler().answer(call);
        } finally {
            // The caller reads the answer after it has sent everything; without that it would see a broken connection.
            body.discardRest(limits.grace());
        }
    }

    /** The boundary of a request: whatever goes wrong in a handler ends here, and the caller gets an answer. */
    private void answer(HttpServerExchange exchange, PeerHandler handler, PeerCall call) {
        PeerRefusal refusal;
        try {
            String json = handler.answer(call);
            answers.send(exchange, json);
            return;
        } catch (PeerRefusal e) {
            refusal = e;
        } catch (IOException | RuntimeException e) {
            if (call.body() instanceof StallGuardedInput body && body.broken()) {
                LOG.warn("{} from {} broke: {}", exchange.getRequestPath(), call.remote(), e.getMessage());
                return;
            }
            LOG.error("{} from {} failed", exchange.getRequestPath(), call.remote(), e);
            String sentence = exchange.getRequestPath() + " failed on the peer";
            String hint = "Its journal says why: run `journalctl -u pbx-ha` there.";
            refusal = new PeerRefusal(StatusCodes.INTERNAL_SERVER_ERROR, sentence, hint);
        }
        if (!exchange.isResponseStarted()) {
            answers.refuse(exchange, refusal);
        }
    }

    private static PeerCall call(
            HttpServerExchange exchange, @Nullable X509Certificate caller, String text, InputStream body) {
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, Deque<String>> entry :
                exchange.getQueryParameters().entrySet()) {
            parameters.put(entry.getKey(), entry.getValue().getFirst());
        }
        return new PeerCall(
                caller,
                exchange.getSourceAddress(),
                exchange.getDestinationAddress(),
                header(exchange, PeerAnswers.VERSION),
                Map.copyOf(parameters),
                text,
                body);
    }

    private static String header(HttpServerExchange exchange, HttpString name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? "" : values.getFirst();
    }
}
