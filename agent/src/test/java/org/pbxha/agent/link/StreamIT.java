// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pbxha.agent.link.PeerException.Kind;

/** Streams over the link: whole or known to be cut, in constant memory, and never in the way of heartbeats. */
@Timeout(120)
class StreamIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final StreamLimits LIMITS = new StreamLimits(SOON, SOON, Duration.ofSeconds(60));
    private static final int PIECE = 1024 * 1024;

    private final TestNode master = new TestNode("master");
    private final TestNode slave = new TestNode("slave");
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final AtomicReference<String> received = new AtomicReference<>("nothing");
    private volatile boolean slaveIsActive;

    @BeforeEach
    void pairTheNodes() throws IOException {
        slave.pin(master);
        slave.start(
                PeerRoute.text("/v1/echo", PeerCall::text),
                PeerRoute.stream("/v1/count", this::refuseWhenActive, this::count),
                PeerRoute.stream("/v1/second-thoughts", this::refuseTheSecondTime, this::count),
                PeerRoute.stream("/v1/fail-midway", call -> "", call -> {
                    call.body().skipNBytes(PIECE);
                    throw new PeerRefusal(422, "column x is missing in table y", "Upgrade this node.");
                }),
                PeerRoute.stream("/v1/stall", call -> "", call -> {
                    call.body().skipNBytes(1);
                    awaitTheEnd();
                    return "{}";
                }));
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        slave.close();
    }

    @Test
    void aStreamArrivesWholeWithItsParameters() throws Exception {
        String answer = master.to(slave).upload("/v1/count?what=calls", pieces(5), LIMITS);
        assertThat(answer).isEqualTo(5 * PIECE + " of calls");
    }

    @Test
    void twoHundredMegabytesPassThroughASmallHeap() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx40m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.pbxha.agent.link.BigStream",
                        "200")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        assertThat(output).contains("received 209715200 bytes, equal");
    }

    @Test
    void aSourceThatFailsNeverLooksLikeTheEndOfTheStream() {
        IOException broken = new IOException("the database went away");
        UploadBody body = out -> {
            out.write(new byte[PIECE]);
            throw broken;
        };
        assertThatThrownBy(() -> master.to(slave).upload("/v1/count", body, LIMITS))
                .isSameAs(broken);
        await().untilAsserted(() -> assertThat(received.get()).startsWith("cut: "));
    }

    @Test
    void closingTheClientEndsAnUploadOnBothSides() {
        PeerClient client = master.to(slave);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<String> upload = CompletableFuture.supplyAsync(() -> {
            try {
                return client.upload("/v1/count", out -> writeForEver(out, started), LIMITS);
            } catch (PeerException | IOException e) {
                return String.valueOf(e.getMessage());
            }
        });
        await().untilAsserted(() -> assertThat(started.getCount()).isZero());
        client.close();
        await().untilAsserted(() -> assertThat(upload).isCompletedWithValueMatching(text -> text.contains("broke")));
        await().untilAsserted(() -> assertThat(received.get()).startsWith("cut: "));
    }

    @Test
    void aRefusalComesBeforeTheDataIsSent() {
        slaveIsActive = true;
        UploadBody never = out -> {
            throw new IllegalStateException("was asked for data");
        };
        PeerException error = uploadFails("/v1/count", never, LIMITS);
        assertThat(error.kind()).isEqualTo(Kind.REFUSED);
        assertThat(error).hasMessage("this node is active");
    }

    @Test
    void aNodeThatChangesItsMindWhenTheStreamComesIsHeard() {
        PeerException error = uploadFails("/v1/second-thoughts", pieces(20), LIMITS);
        assertThat(error).hasMessage("this node is active");
    }

    @Test
    void aFailureInTheMiddleIsToldWithItsReason() {
        PeerException error = uploadFails("/v1/fail-midway", pieces(20), LIMITS);
        assertThat(error).hasMessage("column x is missing in table y");
        assertThat(error.hint()).isEqualTo("Upgrade this node.");
    }

    @Test
    void anotherVersionMayNotStream() {
        PeerException error = catchThrowableOfType(
                PeerException.class, () -> master.to(slave, "0.2.0").upload("/v1/count", pieces(1), LIMITS));
        assertThat(error.kind()).isEqualTo(Kind.VERSION);
        assertThat(error).hasMessageContaining("0.2.0").hasMessageContaining("0.1.0");
        assertThat(received.get()).isEqualTo("nothing");
    }

    @Test
    void aReceiverThatStopsReadingDoesNotHoldTheSender() {
        StreamLimits impatient = new StreamLimits(SOON, Duration.ofMillis(700), SOON);
        PeerException error = uploadFails("/v1/stall", out -> writeForEver(out, new CountDownLatch(1)), impatient);
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(error).hasMessageContaining("the peer took nothing");
    }

    @Test
    void aReceiverThatNeverAnswersDoesNotHoldTheSender() {
        StreamLimits impatient = new StreamLimits(SOON, SOON, Duration.ofMillis(700));
        PeerException error = uploadFails("/v1/stall", pieces(0).andThen(1), impatient);
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(error).hasMessageContaining("700 ms");
    }

    @Test
    void heartbeatsPassWhileStreamsRunAndAThirdStreamIsRefused() throws Exception {
        List<PeerClient> clients = new ArrayList<>();
        for (int i = 0; i < PeerDispatcher.MAX_STREAMS; i++) {
            CountDownLatch started = new CountDownLatch(1);
            PeerClient client = master.to(slave);
            clients.add(client);
            CompletableFuture<Throwable> unused = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    Exception.class, () -> client.upload("/v1/count", out -> writeForEver(out, started), LIMITS)));
            assertThat(started.await(10, SECONDS)).isTrue();
        }
        assertThat(master.to(slave).post("/v1/echo", "alive", SOON)).isEqualTo("alive");
        assertThat(uploadFails("/v1/count", pieces(1), LIMITS)).hasMessageContaining("already receives");
        clients.forEach(PeerClient::close);
        await().untilAsserted(() -> assertThat(master.to(slave).upload("/v1/count?what=x", pieces(1), LIMITS))
                .isEqualTo(PIECE + " of x"));
    }

    @Test
    void aSenderThatStallsIsCutOff() throws Exception {
        slave.close();
        Duration shorter = Duration.ofMillis(700);
        ServerLimits limits = new ServerLimits(SOON, SOON, SOON, shorter, SOON);
        slave.start(limits, PeerRoute.stream("/v1/count", call -> "", this::count));
        PeerException error = uploadFails(
                "/v1/count",
                out -> {
                    out.write(new byte[PIECE]);
                    out.flush();
                    await().untilAsserted(() -> assertThat(received.get()).startsWith("cut: "));
                    writeForEver(out, new CountDownLatch(1));
                },
                LIMITS);
        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    private PeerException uploadFails(String path, UploadBody body, StreamLimits limits) {
        return catchThrowableOfType(PeerException.class, () -> master.to(slave).upload(path, body, limits));
    }

    private String refuseWhenActive(PeerCall call) throws PeerRefusal {
        if (slaveIsActive) {
            throw new PeerRefusal(409, "this node is active", "");
        }
        return "";
    }

    private String refuseTheSecondTime(PeerCall call) throws PeerRefusal {
        String answer = refuseWhenActive(call);
        slaveIsActive = true;
        return answer;
    }

    private String count(PeerCall call) throws IOException {
        long size = 0;
        byte[] buffer = new byte[PIECE];
        try {
            for (int n = call.body().read(buffer); n >= 0; n = call.body().read(buffer)) {
                size += n;
            }
        } catch (IOException e) {
            received.set("cut: " + e);
            throw e;
        }
        received.set("whole: " + size);
        return size + " of " + call.parameters().get("what");
    }

    private void awaitTheEnd() {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeForEver(OutputStream out, CountDownLatch started) throws IOException {
        byte[] piece = new byte[PIECE];
        while (true) {
            out.write(piece);
            started.countDown();
        }
    }

    private static Pieces pieces(int count) {
        return new Pieces(count, 0);
    }

    private record Pieces(int count, int rest) implements UploadBody {
        Pieces andThen(int bytes) {
            return new Pieces(count, bytes);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (int i = 0; i < count; i++) {
                out.write(new byte[PIECE]);
            }
            out.write(new byte[rest]);
        }
    }
}
