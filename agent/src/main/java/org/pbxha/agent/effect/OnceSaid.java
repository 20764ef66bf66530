// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what this machine does not have once in the life of the agent, not at every takeover and every retry. */
final class OnceSaid {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSteps.class);

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    void say(String fact) {
        if (said.add(fact)) {
            LOG.info("{}; what the profile does with it is skipped", fact);
        }
    }

    /** Units that are not installed or are masked, on one line. */
    void sayMissing(Collection<String> units) {
        List<String> news = units.stream().filter(said::add).toList();
        if (!news.isEmpty()) {
            LOG.info("not installed here, or masked, and skipped: {}", String.join(" ", news));
        }
    }
}
