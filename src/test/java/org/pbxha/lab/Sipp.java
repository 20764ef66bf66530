// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of SIPp: one scenario of src/test/resources/sipp, one call. */
final class Sipp {
    private static final Duration GRACE = Duration.ofSeconds(90);

    private final Machine bench;
    private final String directory;
    private final List<String> command = new ArrayList<>();

    Sipp(Machine bench, String scenario, int number) {
        this.bench = bench;
        this.directory = "/root/runs/" + number + "-" + scenario;
        command.addAll(List.of("sipp", "-sf", "/root/sipp/" + scenario + ".xml", "-m", "1", "-nostdin"));
        // A dead server is given up after 8 s instead of 32: nobody waits longer with a receiver in hand.
        command.addAll(List.of("-max_invite_retrans", "4", "-max_non_invite_retrans", "4"));
        command.addAll(List.of("-trace_err", "-error_file", directory + "/errors"));
        command.addAll(List.of("-trace_logs", "-log_file", directory + "/log"));
        option("-i", bench.address());
    }

    Sipp option(String option, String value) {
        command.addAll(List.of(option, value));
        return this;
    }

    Sipp key(String key, String value) {
        command.addAll(List.of("-key", key, value));
        return this;
    }

    /** The local SIP port; the one for voice goes with it. */
    Sipp from(int port) {
        return option("-p", Integer.toString(port)).option("-mp", Integer.toString(port + 1000));
    }

    Sipp limit(Duration limit) {
        command.add("-timeout_error");
        return option("-timeout", limit.toMillis() + "ms");
    }

    /** Runs to the end; the result's error text is what SIPp found wrong. */
    Result run(String server) {
        bench.run("mkdir", "-p", directory);
        List<String> all = new ArrayList<>(command);
        all.add(server + ":5060");
        Result result = bench.exec(GRACE, all.toArray(String[]::new));
        // Without an error SIPp makes no file.
        return new Result(
                all, result.exit(), "", bench.exec("cat", directory + "/errors").out());
    }

    /** What the scenario itself noted so far. */
    String log() {
        return bench.exec("cat", directory + "/log").out();
    }
}
