// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyAlarmsTest {
    private final List<String> told = new ArrayList<>();
    private final CopyAlarms alarms = new CopyAlarms((event, text) -> told.add(event.directory() + ": " + text));

    @Test
    void eachChangeIsToldOnce() {
        alarms.clear("replication", "done");
        alarms.raise("replication", "no slave");
        alarms.raise("replication", "still no slave");
        alarms.raise("sync", "no key");
        alarms.clear("replication", "done");
        alarms.clear("replication", "done");

        assertThat(told)
                .containsExactly("replication-failed: no slave", "sync-failed: no key", "replication-recovered: done");
    }

    @Test
    void whatAnAgentBeforeHasToldIsNotToldAgain() {
        alarms.known("sync");
        alarms.raise("sync", "no key");
        alarms.clear("sync", "copied");

        assertThat(told).containsExactly("sync-recovered: copied");
    }
}
