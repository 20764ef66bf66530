// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.fencing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pbxha.agent.file.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mark by which the peer has fenced this node. The forced command makes it twice: in memory, which a full or hung disk
 * cannot prevent, and on the disk, where it outlives a reboot. The gate lets nothing start while either is there.
 */
public final class FenceMark {
    private static final Logger LOG = LoggerFactory.getLogger(FenceMark.class);

    private final Path durable;
    private final Path inMemory;
    private boolean stuck;

    /**
     * The mark of this node.
     *
     * @param durable on the disk
     * @param inMemory gone after a reboot
     */
    public FenceMark(Path durable, Path inMemory) {
        this.durable = durable;
        this.inMemory = inMemory;
    }

    /** Whether this node has been fenced and has not taken note of it. */
    public boolean isThere() {
        return Files.exists(durable) || Files.exists(inMemory);
    }

    /**
     * Takes it away; call it only when it is remembered elsewhere. Interrupted anywhere, or when the disk does not let it,
     * it is simply done again in the next turn.
     */
    public void clear() {
        try {
            AtomicFile.delete(durable);
            Files.deleteIfExists(inMemory);
            stuck = false;
        } catch (IOException e) {
            if (!stuck) {
                LOG.error(
                        "the mark of a fence cannot be removed, and nothing starts here meanwhile: {}; mend the disk",
                        e.toString());
            }
            stuck = true;
        }
    }
}
