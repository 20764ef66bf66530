// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.Cancellation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At most one piece of work on the slave's database at a time, which a takeover ends at once. */
final class DatabaseWork {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWork.class);

    private final AtomicReference<@Nullable Cancellation> underWay = new AtomicReference<>();

    /** Begins, unless there is work already. */
    Optional<Cancellation> begin() {
        Cancellation cancellation = new Cancellation();
        return underWay.compareAndSet(null, cancellation) ? Optional.of(cancellation) : Optional.empty();
    }

    void end() {
        underWay.set(null);
    }

    boolean isUnderWay() {
        return underWay.get() != null;
    }

    void letGo() {
        Cancellation cancellation = underWay.get();
        if (cancellation != null) {
            LOG.warn("what a replication has begun is rolled back, because this node is about to serve");
            cancellation.cancel("this node is about to serve");
        }
    }

    /** Ends the wait for a stream whose work has been cancelled. */
    static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("the stream of a cancelled replication was closed already", e);
        }
    }
}
