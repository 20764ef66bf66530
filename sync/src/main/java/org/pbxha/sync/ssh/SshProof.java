// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.ssh.SshException.Reason;

/**
 * Proves that the sync key opens what it should at the peer and nothing more: the host shows a pinned key, ours is
 * accepted, whatever we ask for starts rsync's daemon, and neither a shell nor a forwarded port can be had.
 */
public final class SshProof {
    private static final String GREETING = "@RSYNCD: ";
    private static final int LONGEST_LINE = 1024;

    private final SshTarget target;
    private final int timeoutMillis;

    private SshProof(SshTarget target, Duration timeout) {
        this.target = target;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /**
     * Proves it within the time limit.
     *
     * @throws SshException with the first thing that is not as it should be
     */
    public static void prove(SshTarget target, Duration timeout) throws SshException {
        new SshProof(target, timeout).prove();
    }

    private void prove() throws SshException {
        Session session = open();
        // Reads of a channel know no time limit: at the limit the session is closed under them.
        CompletableFuture<Void> watchdog = CompletableFuture.runAsync(
                session::disconnect, CompletableFuture.delayedExecutor(timeoutMillis, TimeUnit.MILLISECONDS));
        try {
            session.connect(timeoutMillis);
            String nonce = "pbx-ha-" + UUID.randomUUID();
            requireGreeting(commandAnswer(session, nonce), nonce);
            requireGreeting(shellAnswer(session, nonce), nonce);
            requireNoForwarding(session);
        } catch (JSchException | IOException e) {
            throw explain(e);
        } finally {
            watchdog.cancel(false);
            session.disconnect();
        }
    }

    private Session open() throws SshException {
        try {
            JSch jsch = new JSch();
            jsch.setKnownHosts(target.knownHosts().toString());
            jsch.addIdentity(target.privateKey().toString());
            Session session = jsch.getSession(target.user(), target.address(), target.port());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            return session;
        } catch (JSchException e) {
            throw new SshException(Reason.LOCAL_FILES, "cannot use " + target.privateKey() + ": " + e.getMessage(), e);
        }
    }

    /** What one attempt brought: the first line of stdout, and all of stderr when stdout was empty. */
    private record Answer(String firstLine, String errors) {}

    private Answer commandAnswer(Session session, String nonce) throws JSchException, IOException {
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        channel.setCommand("echo " + nonce);
        InputStream errors = channel.getErrStream();
        return answer(channel, errors, null);
    }

    private Answer shellAnswer(Session session, String nonce) throws JSchException, IOException {
        ChannelShell channel = (ChannelShell) session.openChannel("shell");
        channel.setPty(false);
        return answer(channel, InputStream.nullInputStream(), "echo " + nonce + "\n");
    }

    private Answer answer(Channel channel, InputStream errors, @Nullable String input)
            throws JSchException, IOException {
        InputStream output = channel.getInputStream();
        try {
            if (input == null) {
                channel.connect(timeoutMillis);
            } else {
                OutputStream typed = channel.getOutputStream();
                channel.connect(timeoutMillis);
                typed.write(input.getBytes(StandardCharsets.US_ASCII));
                typed.flush();
            }
            String line = readLine(output);
            return new Answer(line, line.isEmpty() ? readAll(errors) : "");
        } finally {
            channel.disconnect();
        }
    }

    private void requireGreeting(Answer answer, String nonce) throws SshException {
        if (answer.firstLine().startsWith(GREETING)) {
            return;
        }
        if (answer.firstLine().contains(nonce)) {
            throw new SshException(Reason.FORCED_COMMAND_MISSING, "the key opens a shell at " + target, null);
        }
        String refusal = Refusal.find(answer.errors()).orElse(null);
        if (refusal != null) {
            throw new SshException(Reason.REFUSED_BY_PEER, target.address() + " refuses: " + refusal, null);
        }
        String words = (answer.firstLine() + " " + answer.errors()).strip();
        throw new SshException(
                Reason.FORCED_COMMAND_FAILED,
                "at " + target + " the forced command did not start rsync's daemon, it said: "
                        + (words.isEmpty() ? "nothing" : words),
                null);
    }

    /** The SSH server itself is the one address that surely answers there, so a refusal is sshd's own. */
    private void requireNoForwarding(Session session) throws JSchException, SshException {
        Channel forwarder = session.getStreamForwarder("127.0.0.1", target.port());
        try {
            forwarder.connect(timeoutMillis);
        } catch (JSchException e) {
            if (!session.isConnected()) {
                throw e;
            }
            return; // As it should be.
        } finally {
            forwarder.disconnect();
        }
        throw new SshException(Reason.NOT_RESTRICTED, "the key may forward ports at " + target, null);
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = in.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String readAll(InputStream in) throws IOException {
        return new String(in.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8).strip();
    }

    private SshException explain(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof JSchHostKeyException) {
            return new SshException(
                    Reason.HOST_KEY_MISMATCH, target + " shows a host key that is not pinned: " + message, e);
        }
        if (message.startsWith("Auth ")) {
            return new SshException(Reason.KEY_REFUSED, target + " refuses the sync key: " + message, e);
        }
        boolean silent = e.getCause() instanceof IOException
                || e instanceof SocketTimeoutException
                || message.contains("timeout")
                || message.contains("session is down");
        return silent
                ? new SshException(Reason.UNREACHABLE, "no SSH answer from " + target + ": " + message, e)
                : new SshException(Reason.PROTOCOL, "SSH with " + target + " failed: " + message, e);
    }
}
