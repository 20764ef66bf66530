// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A SIP phone with a main and a backup server, played by SIPp. As real ones do, it registers with the
 * main server, and with the backup when the main one does not answer in time.
 */
public final class Phone {
    private static final Duration REGISTER_LIMIT = Duration.ofSeconds(4);
    private static final String EXPIRES = "120";
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Machine bench;
    private final String extension;
    private final Node main;
    private final Node backup;
    private Node server;

    Phone(Machine bench, String extension, Node main, Node backup) {
        this.bench = bench;
        this.extension = extension;
        this.main = main;
        this.backup = backup;
        this.server = main;
    }

    /**
     * A registration that was granted.
     *
     * @param server who granted it
     * @param took from the first attempt to the grant, the wait for a silent main server included
     */
    public record Registration(Node server, Duration took) {}

    /** Its number. */
    public String extension() {
        return extension;
    }

    /** The server it would call through now: the last one that registered it, at first the main one. */
    public Node server() {
        return server;
    }

    /**
     * Registers with the main server, else with the backup.
     *
     * @throws LabException when neither grants it
     */
    public Registration register() {
        Instant start = Instant.now();
        List<Result> refusals = new ArrayList<>();
        for (Node candidate : List.of(main, backup)) {
            Result result = registerWith(candidate);
            if (result.ok()) {
                server = candidate;
                return new Registration(candidate, Duration.between(start, Instant.now()));
            }
            refusals.add(result);
        }
        throw new LabException("phone " + extension + " is registered nowhere: " + refusals);
    }

    private Result registerWith(Node candidate) {
        return new Sipp(bench, "register", RUNS.incrementAndGet())
                .option("-s", extension)
                .option("-au", extension)
                .option("-ap", secret())
                .key("expires", EXPIRES)
                .from(port())
                .limit(REGISTER_LIMIT)
                .run(candidate.address());
    }

    /**
     * Calls a number through its server; returns at once.
     *
     * @param number the number to call
     * @param talk how long to talk before it hangs up
     */
    public Call call(String number, Duration talk) {
        Sipp sipp = new Sipp(bench, "call", RUNS.incrementAndGet())
                .option("-s", number)
                .option("-au", extension)
                .option("-ap", secret())
                .option("-d", Long.toString(talk.toMillis()))
                .key("caller", extension)
                .from(port());
        return new Call(sipp, server.address());
    }

    /** Rings and is picked up once, whoever calls; returns when it is ready to ring. */
    public Call awaitRing(Duration limit) {
        Sipp sipp =
                new Sipp(bench, "answer", RUNS.incrementAndGet()).from(port()).limit(limit);
        return new Call(sipp, server.address());
    }

    private String secret() {
        return "secret-of-" + extension;
    }

    /** Phones share an address and differ in the port. */
    private int port() {
        return 5000 + Integer.parseInt(extension);
    }
}
