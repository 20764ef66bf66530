// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Streams megabytes between two nodes of one JVM; run with a heap that could not hold them. */
final class BigStream {
    private static final int PIECE = 1024 * 1024;

    private BigStream() {}

    public static void main(String[] args) throws Exception {
        int megabytes = Integer.parseInt(args[0]);
        TestNode master = new TestNode("big-master");
        TestNode slave = new TestNode("big-slave");
        slave.pin(master);
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        MessageDigest got = MessageDigest.getInstance("SHA-256");
        Duration limit = Duration.ofSeconds(30);
        try (slave) {
            slave.start(PeerRoute.stream("/v1/big", call -> "", call -> {
                long size = 0;
                byte[] buffer = new byte[32 * 1024];
                for (int n = call.body().read(buffer); n >= 0; n = call.body().read(buffer)) {
                    got.update(buffer, 0, n);
                    size += n;
                }
                return "received " + size + " bytes";
            }));
            long start = System.nanoTime();
            String answer = master.to(slave)
                    .upload("/v1/big", out -> write(out, megabytes, sent), new StreamLimits(limit, limit, limit));
            boolean equal = Arrays.equals(sent.digest(), got.digest());
            System.out.println(answer + (equal ? ", equal" : ", DIFFERENT") + " in "
                    + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        }
    }

    private static void write(OutputStream out, int megabytes, MessageDigest digest) throws java.io.IOException {
        Random random = new Random(1);
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < megabytes; i++) {
            random.nextBytes(piece);
            digest.update(piece);
            out.write(piece);
        }
    }
}
