// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Talks to the other node. Requests of one client go one after the other over a kept connection; each upload has a
 * connection of its own. No call lasts longer than its limits, whatever the other side does.
 */
public final class PeerClient implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final PeerTarget target;
    private final LinkSockets sockets;
    private final Set<LinkSockets> uploads = ConcurrentHashMap.newKeySet();

    /** A client of one node; connects at the first request. */
    public PeerClient(PeerTarget target) {
        this.target = target;
        this.sockets = new LinkSockets(target.tls());
    }

    /**
     * Sends JSON and returns the JSON of the answer.
     *
     * @param limit for everything from connecting to the last byte of the answer
     */
    public synchronized String post(String path, String json, Duration limit) throws PeerException {
        return request(path, json, false, limit);
    }

    /**
     * Streams a body of any length in constant memory and returns the JSON of the answer. The peer is first asked whether
     * it takes the stream.
     *
     * @throws PeerException when the peer refuses, cannot be reached, or stands still longer than the limits
     * @throws IOException when {@code body} throws it; the peer has then seen the stream end abruptly
     */
    public String upload(String path, UploadBody body, StreamLimits limits) throws PeerException, IOException {
        synchronized (this) {
            request(path, "", true, limits.connect());
        }
        LinkSockets own = new LinkSockets(target.tls());
        uploads.add(own);
        try {
            return stream(own, path, body, limits);
        } finally {
            uploads.remove(own);
            own.abort();
        }
    }

    /** Ends what is under way, from any thread, without waiting; the calls fail. */
    @Override
    public void close() {
        sockets.abort();
        uploads.forEach(LinkSockets::abort);
    }

    private String request(String path, String json, boolean ask, Duration limit) throws PeerException {
        byte[] body = json.getBytes(UTF_8);
        try (Deadline deadline = Deadline.in(limit, sockets::abort)) {
            try {
                HttpURLConnection connection = PeerRequests.open(target, sockets, path, limit);
                // Streaming of a known length: the runtime would send other POSTs a second time on its own.
                connection.setFixedLengthStreamingMode(body.length);
                if (ask) {
                    connection.setRequestProperty(PeerDispatcher.ASK.toString(), "1");
                }
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body);
                }
                return PeerRequests.answer(connection, target);
            } catch (IOException e) {
                throw PeerRequests.failure(target, e, deadline.passed(), limit);
            }
        }
    }

    private String stream(LinkSockets own, String path, UploadBody body, StreamLimits limits)
            throws PeerException, IOException {
        HttpURLConnection connection = connect(own, path, limits);
        UploadStream out = new UploadStream(connection.getOutputStream(), limits.stall(), own::abort);
        try {
            send(out, body);
        } finally {
            out.release();
        }
        try (Deadline deadline = Deadline.in(limits.answer(), own::abort)) {
            try {
                return PeerRequests.answer(connection, target);
            } catch (IOException e) {
                throw PeerRequests.failure(target, e, deadline.passed(), limits.answer());
            }
        }
    }

    private HttpURLConnection connect(LinkSockets own, String path, StreamLimits limits) throws PeerException {
        try (Deadline deadline = Deadline.in(limits.connect(), own::abort)) {
            try {
                HttpURLConnection connection = PeerRequests.open(target, own, path, limits.connect());
                connection.setRequestProperty("Connection", "close");
                connection.setChunkedStreamingMode(CHUNK);
                connection.connect();
                connection.setReadTimeout(Math.toIntExact(limits.answer().toMillis()));
                return connection;
            } catch (IOException e) {
                throw PeerRequests.failure(target, e, deadline.passed(), limits.connect());
            }
        }
    }

    private void send(UploadStream link, UploadBody body) throws PeerException, IOException {
        try {
            // Rows are small; the link sees whole chunks. Closed on success only: closing says that the stream is
            // whole.
            OutputStream out = new BufferedOutputStream(link, CHUNK);
            body.writeTo(out);
            out.flush();
            link.finish();
        } catch (IOException e) {
            IOException ofLink = link.failure();
            if (ofLink != null) {
                throw PeerRequests.broken(target, link.sent(), ofLink);
            }
            throw e;
        }
    }
}
