// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Role;

/**
 * The configuration of this node, checked and complete: defaults are filled in. One record per section of the file;
 * {@link Options} says what each value means.
 */
public record Settings(
        Role role,
        String profile,
        Node node,
        Peer peer,
        Link link,
        Watch watch,
        Takeover takeover,
        Fencing fencing,
        Failback failback,
        Isolation isolation,
        Boot boot,
        Asterisk asterisk,
        Database database,
        Replication replication,
        Sync sync,
        Ssh ssh,
        Events events) {

    private static final Duration UNFENCED_AFTER = Duration.ofSeconds(10);

    /** This node. The address is there unless the role is disabled. */
    public record Node(Optional<InetAddress> address) {}

    /** The other node. The address is there unless the role is disabled. */
    public record Peer(Optional<InetAddress> address) {}

    /** Where the peer link listens; {@code port} is also the one to connect to. */
    public record Link(InetAddress bind, int port) {}

    /** The pace of the agent. */
    public record Watch(Duration interval) {}

    /** When the slave takes over. No witness means the default gateway. */
    public record Takeover(Duration after, Duration unfencedAfter, List<InetAddress> witness) {
        public Takeover {
            witness = List.copyOf(witness);
        }
    }

    /** How the slave makes sure that its master serves no more; {@code limit} is each method's. */
    public record Fencing(List<FencingMethod> methods, Duration limit, boolean required) {
        public Fencing {
            methods = List.copyOf(methods);
        }
    }

    /** When the master gets its calls back. */
    public record Failback(Limits.Policy policy, Duration holdDown, Duration drainLimit) {}

    /** What an active node does that is cut off. */
    public record Isolation(IsolationPolicy policy, Duration after, Duration stopAfter) {}

    /** How long each role waits for the other after a boot. */
    public record Boot(Duration masterWait, Duration slaveWait) {}

    /** This node's Asterisk. */
    public record Asterisk(int sipPort, InetAddress amiHost, int amiPort, String amiUser, Path amiSecretFile) {}

    /** This node's PostgreSQL. Without a name, the profile's database is meant. */
    public record Database(int port, Optional<String> name, String user, Path passwordFile) {}

    /** When the database is sent, when both nodes' databases are compared, and which categories have a fate of their own. */
    public record Replication(Schedule schedule, Schedule verification, List<CategoryFate> categories) {
        public Replication {
            categories = List.copyOf(categories);
        }
    }

    /** When the files are sent, and which beside the profile's. */
    public record Sync(Schedule schedule, List<Path> extraDirectories) {
        public Sync {
            extraDirectories = List.copyOf(extraDirectories);
        }
    }

    /** The SSH server of the peer. */
    public record Ssh(int port) {}

    /** Where the events of this node are shipped; without a URL nowhere. Without a name, the host name is meant. */
    public record Events(
            Optional<String> url,
            String user,
            Path passwordFile,
            List<String> tables,
            Optional<String> node,
            Duration interval) {
        public Events {
            tables = List.copyOf(tables);
        }
    }

    /** The address of this node, for code that runs only in a pair. */
    public InetAddress nodeAddress() {
        return node.address().orElseThrow(Settings::noPair);
    }

    /** The address of the other node, for code that runs only in a pair. */
    public InetAddress peerAddress() {
        return peer.address().orElseThrow(Settings::noPair);
    }

    private static IllegalStateException noPair() {
        return new IllegalStateException("role is disabled: there is no pair");
    }

    static Settings from(OptionValues values) {
        return new Settings(
                values.get(Options.ROLE),
                values.get(Options.PROFILE),
                new Node(values.find(Options.NODE_ADDRESS)),
                new Peer(values.find(Options.PEER_ADDRESS)),
                new Link(bind(values), values.get(Options.LINK_PORT)),
                new Watch(values.get(Options.WATCH_INTERVAL)),
                takeover(values),
                new Fencing(
                        values.get(Options.FENCING_METHODS),
                        values.get(Options.FENCING_LIMIT),
                        values.get(Options.FENCING_REQUIRED)),
                new Failback(
                        values.get(Options.FAILBACK_POLICY),
                        values.get(Options.FAILBACK_HOLD_DOWN),
                        values.get(Options.FAILBACK_DRAIN_LIMIT)),
                new Isolation(
                        values.get(Options.ISOLATION_POLICY),
                        values.find(Options.ISOLATION_AFTER)
                                .orElseGet(
                                        () -> values.get(Options.TAKEOVER_AFTER).dividedBy(2)),
                        values.get(Options.ISOLATION_STOP_AFTER)),
                new Boot(values.get(Options.BOOT_MASTER_WAIT), values.get(Options.BOOT_SLAVE_WAIT)),
                asterisk(values),
                database(values),
                new Replication(
                        values.get(Options.REPLICATION_SCHEDULE),
                        values.get(Options.REPLICATION_VERIFICATION),
                        values.get(Options.REPLICATION_CATEGORIES)),
                new Sync(values.get(Options.SYNC_SCHEDULE), values.get(Options.SYNC_EXTRA_DIRECTORIES)),
                new Ssh(values.get(Options.SSH_PORT)),
                events(values));
    }

    private static Takeover takeover(OptionValues values) {
        Duration after = values.get(Options.TAKEOVER_AFTER);
        Duration unfenced = values.find(Options.TAKEOVER_UNFENCED_AFTER)
                .orElse(after.compareTo(UNFENCED_AFTER) > 0 ? after : UNFENCED_AFTER);
        return new Takeover(after, unfenced, values.get(Options.TAKEOVER_WITNESS));
    }

    private static InetAddress bind(OptionValues values) {
        return values.find(Options.LINK_BIND)
                .or(() -> values.find(Options.NODE_ADDRESS))
                .orElseGet(InetAddress::getLoopbackAddress);
    }

    private static Asterisk asterisk(OptionValues values) {
        return new Asterisk(
                values.get(Options.ASTERISK_SIP_PORT),
                values.get(Options.ASTERISK_AMI_HOST),
                values.get(Options.ASTERISK_AMI_PORT),
                values.get(Options.ASTERISK_AMI_USER),
                values.get(Options.ASTERISK_AMI_SECRET_FILE));
    }

    private static Database database(OptionValues values) {
        return new Database(
                values.get(Options.DATABASE_PORT),
                values.find(Options.DATABASE_NAME),
                values.get(Options.DATABASE_USER),
                values.get(Options.DATABASE_PASSWORD_FILE));
    }

    private static Events events(OptionValues values) {
        return new Events(
                values.find(Options.EVENTS_TARGET).flatMap(EventsTarget::url),
                values.get(Options.EVENTS_USER),
                values.get(Options.EVENTS_PASSWORD_FILE),
                values.get(Options.EVENTS_TABLES),
                values.find(Options.EVENTS_NODE),
                values.get(Options.EVENTS_INTERVAL));
    }
}
