// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.setup;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pbxha.agent.config.BadValueException;
import org.pbxha.agent.config.Option;
import org.pbxha.agent.config.Options;
import org.pbxha.agent.link.PeerRefusal;

/**
 * What the master asks of the slave, to check it and then to carry it out. Its certificate comes with the connection.
 *
 * @param secret of the code
 * @param masterAddress the address that the slave shall know the master by
 * @param linkPort TCP port of the peer link, on both nodes
 * @param sshPort TCP port of the SSH servers
 * @param sipPort UDP port of Asterisk, on both nodes
 * @param extraDirectories directories to synchronise beside those of the profile
 * @param syncKey public half of the key of sync
 * @param facts what the master says of itself
 */
record PairRequest(
        String secret,
        String masterAddress,
        int linkPort,
        int sshPort,
        int sipPort,
        List<String> extraDirectories,
        String syncKey,
        @Nullable NodeFacts facts) {
    /** To have it checked: nothing changes. */
    static final String CHECK = "/v1/pair/check";

    /** To have it carried out. */
    static final String COMMIT = "/v1/pair/commit";

    private static final int UNPROCESSABLE = 422;

    /** Fills what is missing. */
    @SuppressWarnings("NullAway") // Jackson passes null for what is missing.
    PairRequest {
        secret = secret == null ? "" : secret;
        masterAddress = masterAddress == null ? "" : masterAddress;
        extraDirectories = extraDirectories == null ? List.of() : List.copyOf(extraDirectories);
        syncKey = syncKey == null ? "" : syncKey;
    }

    InetAddress master() throws PeerRefusal {
        return value(Options.PEER_ADDRESS, List.of(masterAddress));
    }

    List<Path> directories() throws PeerRefusal {
        return extraDirectories.isEmpty() ? List.of() : value(Options.SYNC_EXTRA_DIRECTORIES, extraDirectories);
    }

    /** The values end up in the slave's configuration, so they are read as strictly as that. */
    private static <T> T value(Option<T> option, List<String> texts) throws PeerRefusal {
        try {
            return option.type().parse(texts);
        } catch (BadValueException e) {
            throw new PeerRefusal(
                    UNPROCESSABLE,
                    "the slave refuses " + option.key() + " " + texts + ": it " + e.reason(),
                    e.suggestion());
        }
    }
}
