// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.link.CertificateTrust.UnexpectedCertificateException;
import org.pbxha.agent.link.PeerException.Kind;

/** How a request to a peer is opened, and what its answer or its failure means. */
final class PeerRequests {
    /** An answer longer than this is not one of ours. */
    private static final int ANSWER_LIMIT = 1024 * 1024;

    private PeerRequests() {}

    static HttpURLConnection open(PeerTarget target, LinkSockets sockets, String path, Duration limit)
            throws IOException {
        int millis = Math.max(1, Math.toIntExact(limit.toMillis()));
        URL url = new URL(
                "https",
                target.address().getAddress().getHostAddress(),
                target.address().getPort(),
                path);
        // No proxy, whatever the environment of the JVM says: the peer is on the same network.
        HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setSSLSocketFactory(sockets);
        // The certificate itself is compared; names mean nothing on this link.
        connection.setHostnameVerifier((host, session) -> true);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setDoOutput(true);
        connection.setRequestMethod("POST");
        connection.setRequestProperty(PeerAnswers.VERSION.toString(), target.version());
        connection.setRequestProperty("Content-Type", "application/json");
        return connection;
    }

    /** The body of a good answer. */
    static String answer(HttpURLConnection connection, PeerTarget target) throws IOException, PeerException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] body = in == null ? new byte[0] : in.readNBytes(ANSWER_LIMIT);
            String text = new String(body, UTF_8);
            if (status == HttpURLConnection.HTTP_OK) {
                return text;
            }
            throw refused(target, status, text);
        }
    }

    static PeerException broken(PeerTarget target, long sent, IOException error) {
        return new PeerException(
                Kind.UNREACHABLE,
                "the stream to " + target.name() + " broke after " + sent + " bytes: " + reason(error),
                "The journal of the peer may say why: run `journalctl -u pbx-ha` there.",
                error);
    }

    static PeerException failure(PeerTarget target, IOException error, boolean late, Duration limit) {
        UnexpectedCertificateException other = unexpected(error);
        if (other != null) {
            String message = "the node at " + target.name() + " is not the expected one: " + other.getMessage();
            String hint = "Check the address; when that node was set up again, pair the nodes again.";
            return new PeerException(Kind.NOT_OUR_PEER, message, hint, error);
        }
        if (late || error instanceof SocketTimeoutException) {
            String message = "no answer from " + target.name() + " within " + limit.toMillis() + " ms";
            String hint = "Check that pbx-ha runs there and that no firewall drops the port.";
            return new PeerException(Kind.UNREACHABLE, message, hint, error);
        }
        if (error instanceof SSLException && !(error.getCause() instanceof IOException)) {
            String message = target.name() + " does not speak the peer link: " + reason(error);
            String hint = "Check the address and the port, link.port in /etc/pbx-ha/pbx-ha.yml there.";
            return new PeerException(Kind.NOT_OUR_PEER, message, hint, error);
        }
        String message = "cannot reach " + target.name() + ": " + reason(error);
        String hint = "Check that pbx-ha runs there: `systemctl status pbx-ha`.";
        return new PeerException(Kind.UNREACHABLE, message, hint, error);
    }

    private static PeerException refused(PeerTarget target, int status, String text) {
        if (status == HttpURLConnection.HTTP_FORBIDDEN) {
            String message = "the node at " + target.name() + " does not accept this node";
            String hint = "The nodes are not paired, or one was set up again: run `pbx-ha setup slave` there,"
                    + " then `pbx-ha setup master` on the master.";
            return new PeerException(Kind.STRANGER, message, hint);
        }
        PeerAnswers.Problem problem = problem(text);
        if (problem.version() != null) {
            String message = "the node at " + target.name() + " runs pbx-ha " + problem.version() + ", this one "
                    + target.version();
            return new PeerException(Kind.VERSION, message, "Install the same version on both nodes.");
        }
        String error = problem.error();
        String hint = problem.hint();
        return new PeerException(
                Kind.REFUSED,
                error == null ? "the node at " + target.name() + " answered with HTTP status " + status : error,
                hint == null ? "" : hint);
    }

    private static PeerAnswers.Problem problem(String text) {
        try {
            return LinkJson.read(text, PeerAnswers.Problem.class);
        } catch (IOException e) {
            // Not an answer of ours; the status says it all.
            return new PeerAnswers.Problem(null, null, null);
        }
    }

    private static @Nullable UnexpectedCertificateException unexpected(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnexpectedCertificateException found) {
                return found;
            }
        }
        return null;
    }

    private static String reason(IOException error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
