// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends a child with everything it started. Descendants alone are not enough: a grandchild whose parent has died
 * belongs to init. So every child leads a session of its own, and the session's members are found in /proc.
 */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int SESSION_FIELD = 3;

    private ProcessTree() {}

    /** Asks all to end, waits two seconds, then kills until none is left. */
    static void end(ProcessHandle leader) throws InterruptedException {
        signal(leader, ProcessHandle::destroy);
        awaitEnd(members(leader));
        signal(leader, ProcessHandle::destroyForcibly);
    }

    /** Kills at once, without waiting: for a caller that is itself being interrupted. */
    static void kill(ProcessHandle leader) {
        signal(leader, ProcessHandle::destroyForcibly);
    }

    /** A process may fork while we look: look again until a look shows nobody new. */
    private static void signal(ProcessHandle leader, Consumer<ProcessHandle> how) {
        Set<ProcessHandle> reached = new HashSet<>();
        boolean found = true;
        while (found) {
            found = false;
            for (ProcessHandle member : members(leader)) {
                if (reached.add(member)) {
                    how.accept(member);
                    found = true;
                }
            }
        }
    }

    private static void awaitEnd(Set<ProcessHandle> members) throws InterruptedException {
        CompletableFuture<?>[] ends =
                members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // Some did not listen; the caller kills them.
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process end cannot fail", e);
        }
    }

    private static Set<ProcessHandle> members(ProcessHandle leader) {
        Set<ProcessHandle> members = leader.descendants().collect(Collectors.toCollection(HashSet::new));
        members.add(leader);
        ProcessHandle.allProcesses()
                .filter(process -> session(process.pid()) == leader.pid())
                .forEach(members::add);
        members.removeIf(process -> !process.isAlive());
        return members;
    }

    /** The session id of a process, from /proc/PID/stat after the name in parentheses; -1 when it has ended. */
    private static long session(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/stat"));
            String stat = new String(bytes, StandardCharsets.ISO_8859_1);
            return Long.parseLong(
                    stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION_FIELD + 2)[SESSION_FIELD]);
        } catch (IOException e) {
            return -1; // It ended between the listing and the look.
        }
    }
}
