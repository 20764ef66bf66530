// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.config;

import static org.pbxha.agent.config.Option.option;
import static org.pbxha.agent.config.Types.absolutePath;
import static org.pbxha.agent.config.Types.choice;
import static org.pbxha.agent.config.Types.duration;
import static org.pbxha.agent.config.Types.listOf;
import static org.pbxha.agent.config.Types.name;
import static org.pbxha.agent.config.Types.port;
import static org.pbxha.agent.config.Types.schedule;
import static org.pbxha.agent.config.Types.truth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pbxha.agent.core.Limits;
import org.pbxha.agent.core.Role;

/** Every option of pbx-ha.yml, in the order of the file. */
public final class Options {
    private static final String ACCOUNT = "[A-Za-z_][A-Za-z0-9_-]{0,62}";
    private static final Schedule HOURLY = new Schedule(Optional.of("0 0 * * * ?"));

    private static final Schedule WEEKLY = new Schedule(Optional.of("0 40 4 ? * SUN"));

    public static final Option<Role> ROLE = option("role", choice(Role.class))
            .prose("What this node is in the pair. `disabled` keeps the agent from touching anything.")
            .setupAgain()
            .required();

    public static final Option<String> PROFILE = option(
                    "profile", name("profile name (lower-case letters, digits, dashes)", "[a-z][a-z0-9-]{0,31}"))
            .prose("The platform: `xivo`, `wazo`, `asterisk`, or the name of a file of yours in /etc/pbx-ha/profiles.")
            .setupAgain()
            .required();

    public static final Option<InetAddress> NODE_ADDRESS = option("node.address", Addresses.host())
            .prose("Address of this node, the one its phones register to.")
            .setupAgain()
            .derived("none; required unless `role` is `disabled`");

    public static final Option<InetAddress> PEER_ADDRESS = option("peer.address", Addresses.host())
            .prose("Address of the other node.")
            .setupAgain()
            .derived("none; required unless `role` is `disabled`");

    public static final Option<InetAddress> LINK_BIND = option("link.bind", Addresses.bind())
            .prose("Address on which this node listens for its peer.")
            .derived("`node.address`");

    public static final Option<Integer> LINK_PORT = option("link.port", port())
            .prose("TCP port of the peer link. It must be the same on both nodes.")
            .byDefault(8421);

    public static final Option<Duration> WATCH_INTERVAL = option("watch.interval", duration("100ms", "5s"))
            .prose("How often the agent probes, decides and tells its peer how it is.")
            .byDefault(Duration.ofMillis(500));

    public static final Option<Duration> TAKEOVER_AFTER = option("takeover.after", duration("1s", "5m"))
            .prose(
                    "How long the master must be silent on every probe, while a witness answers, before the slave takes over."
                            + " At least three times `watch.interval`.")
            .byDefault(Duration.ofSeconds(3));

    public static final Option<Duration> TAKEOVER_UNFENCED_AFTER = option(
                    "takeover.unfenced-after", duration("3s", "10m"))
            .prose(
                    "How long a master is waited for before the slave takes over all the same: one whose host answers ping, while its"
                            + " agent and its Asterisk do not, or one that could not be fenced. At least `takeover.after`.")
            .derived("`10s`, or `takeover.after` where that is longer");

    public static final Option<List<InetAddress>> TAKEOVER_WITNESS = option(
                    "takeover.witness", listOf(Addresses.host(), "list of IPv4 or IPv6 addresses"))
            .prose(
                    "Addresses outside the pair that answer ping; one answer tells \"the other died\" from \"I am cut off\"."
                            + " Empty: the default gateway.")
            .byDefault(List.of());

    public static final Option<List<FencingMethod>> FENCING_METHODS = option(
                    "fencing.methods",
                    listOf(FencingMethod.TYPE, "list of `ssh`, `hook`, `fence_NAME`, `fence_NAME:LABEL`"))
            .prose(
                    "How the slave makes sure that a silent master serves no more before it takes over: in this order, until one"
                            + " confirms it. Only the slave fences. Options of a fence agent are in /etc/pbx-ha/fencing/fence_NAME.conf."
                            + " Empty: no fencing.")
            .byDefault(List.of());

    public static final Option<Duration> FENCING_LIMIT = option("fencing.limit", duration("1s", "5m"))
            .prose("How long each method may take before it is ended and the next one is tried.")
            .byDefault(Duration.ofSeconds(15));

    public static final Option<Boolean> FENCING_REQUIRED = option("fencing.required", truth())
            .prose("Whether the slave never takes over from a silent master that it could not fence, except by"
                    + " `pbx-ha takeover --force`. With `false` it takes over after `takeover.unfenced-after`.")
            .byDefault(false);

    public static final Option<Duration> FAILBACK_HOLD_DOWN = option("failback.hold-down", duration("0s", "24h"))
            .prose(
                    "How long a master that came back must be healthy without interruption before it gets its calls back.")
            .byDefault(Duration.ofMinutes(1));

    public static final Option<Limits.Policy> FAILBACK_POLICY = option("failback.policy", choice(Limits.Policy.class))
            .prose(
                    "How calls come home after the hold-down: `automatic` at the first moment without a call, `immediate` even if calls"
                            + " are cut, `manual` when an operator says `pbx-ha failback`.")
            .byDefault(Limits.Policy.AUTOMATIC);

    public static final Option<Duration> FAILBACK_DRAIN_LIMIT = option("failback.drain-limit", duration("1s", "168h"))
            .prose(
                    "How long a moment without a call is awaited before that raises an alarm. Calls are not cut then either.")
            .byDefault(Duration.ofMinutes(30));

    public static final Option<IsolationPolicy> ISOLATION_POLICY = option(
                    "isolation.policy", choice(IsolationPolicy.class))
            .prose(
                    "What an active node does that hears neither its peer nor a witness: `stop` closes SIP by the firewall, calls in"
                            + " progress go on, and stops serving later; `keep-serving` does neither, and both nodes may serve at once.")
            .byDefault(IsolationPolicy.STOP);

    public static final Option<Duration> ISOLATION_AFTER = option("isolation.after", duration("500ms", "1m"))
            .prose(
                    "How long peer and witnesses must be silent before an active node closes SIP. Shorter than `takeover.after`, so"
                            + " that SIP is closed when the other node takes over.")
            .derived("half of `takeover.after`");

    public static final Option<Duration> ISOLATION_STOP_AFTER = option("isolation.stop-after", duration("1s", "1h"))
            .prose("How long after that it stops serving.")
            .byDefault(Duration.ofSeconds(30));

    public static final Option<Duration> BOOT_MASTER_WAIT = option("boot.master-wait", duration("0s", "10m"))
            .prose(
                    "How long a freshly booted master waits for a word of its slave, which may be active, before it opens.")
            .byDefault(Duration.ofSeconds(15));

    public static final Option<Duration> BOOT_SLAVE_WAIT = option("boot.slave-wait", duration("5s", "30m"))
            .prose(
                    "How long a freshly booted slave gives its master to appear. Longer than `boot.master-wait` and `takeover.after`"
                            + " together, so that after a power cut of both nodes the master opens.")
            .byDefault(Duration.ofMinutes(2));

    public static final Option<Integer> ASTERISK_SIP_PORT = option("asterisk.sip-port", port())
            .prose("UDP port on which Asterisk serves SIP, on both nodes.")
            .setupAgain()
            .byDefault(5060);

    public static final Option<InetAddress> ASTERISK_AMI_HOST = option("asterisk.ami-host", Addresses.host())
            .prose("Address of this node's own Asterisk manager interface.")
            .setupAgain()
            .byDefault(loopback());

    public static final Option<Integer> ASTERISK_AMI_PORT = option("asterisk.ami-port", port())
            .prose("TCP port of the manager interface.")
            .setupAgain()
            .byDefault(5038);

    public static final Option<String> ASTERISK_AMI_USER = option(
                    "asterisk.ami-user", name("account name (letters, digits, '_', '-')", ACCOUNT))
            .prose(
                    "Account that `pbx-ha setup` makes in the manager interface: from loopback only, with the fewest rights.")
            .setupAgain()
            .byDefault("pbx-ha");

    public static final Option<Path> ASTERISK_AMI_SECRET_FILE = option("asterisk.ami-secret-file", absolutePath())
            .prose("File that holds the password of that account. Readable by root only.")
            .setupAgain()
            .secret()
            .byDefault(Path.of("/var/lib/pbx-ha/secrets/ami"));

    public static final Option<Integer> DATABASE_PORT = option("database.port", port())
            .prose("TCP port of PostgreSQL.")
            .setupAgain()
            .byDefault(5432);

    public static final Option<String> DATABASE_NAME = option(
                    "database.name", name("database name (letters, digits, '_', '-')", ACCOUNT))
            .prose("Database that is replicated.")
            .setupAgain()
            .derived("the profile's");

    public static final Option<String> DATABASE_USER = option(
                    "database.user", name("role name (letters, digits, '_', '-')", ACCOUNT))
            .prose("PostgreSQL role that `pbx-ha setup` makes: a member of the owner of the tables, never a superuser.")
            .setupAgain()
            .byDefault("pbx_ha");

    public static final Option<Path> DATABASE_PASSWORD_FILE = option("database.password-file", absolutePath())
            .prose("File that holds the password of that role. Readable by root only.")
            .setupAgain()
            .secret()
            .byDefault(Path.of("/var/lib/pbx-ha/secrets/database"));

    public static final Option<Schedule> REPLICATION_SCHEDULE = option("replication.schedule", schedule())
            .prose("When an active master sends its database to the slave.")
            .byDefault(HOURLY);

    public static final Option<Schedule> REPLICATION_VERIFICATION = option("replication.verification", schedule())
            .prose(
                    "When an active master compares every row of its database with the slave's. It reads both as a whole.")
            .byDefault(WEEKLY);

    public static final Option<List<CategoryFate>> REPLICATION_CATEGORIES = option(
                    "replication.categories",
                    listOf(CategoryFate.TYPE, "list of `CATEGORY=replicate` and `CATEGORY=leave`"))
            .prose("Categories of tables that are copied, or left alone, in another way than the profile says, such as"
                    + " `[dhcp=leave, statistics=replicate]`. It must be the same on both nodes."
                    + " `pbx-ha replicate --plan` shows what comes of it.")
            .byDefault(List.of());

    public static final Option<Schedule> SYNC_SCHEDULE = option("sync.schedule", schedule())
            .prose("When an active master sends its files to the slave.")
            .byDefault(HOURLY);

    public static final Option<List<Path>> SYNC_EXTRA_DIRECTORIES = option(
                    "sync.extra-directories",
                    listOf(Directories.synchronised(), "list of absolute paths of directories"))
            .prose(
                    "Directories to synchronise beside those of the profile. What is missing on the master is removed on the slave.")
            .setupAgain()
            .byDefault(List.of());

    public static final Option<Integer> SSH_PORT = option("ssh.port", port())
            .prose("TCP port of the slave's SSH server, which receives the files.")
            .setupAgain()
            .byDefault(22);

    public static final Option<EventsTarget> EVENTS_TARGET = option("events.target", EventsTarget.TYPE)
            .prose("Reporting database to which this node ships its events, each once. Without user and password.")
            .secret()
            .derived("none; no events are shipped");

    public static final Option<String> EVENTS_USER = option(
                    "events.user", name("role name (letters, digits, '_', '-')", ACCOUNT))
            .prose("PostgreSQL role on the target. You make it there; events.md says how.")
            .byDefault("pbx_events");

    public static final Option<Path> EVENTS_PASSWORD_FILE = option("events.password-file", absolutePath())
            .prose("File that holds the password of that role. You write it; readable by root only.")
            .secret()
            .byDefault(Path.of("/var/lib/pbx-ha/secrets/events"));

    public static final Option<List<String>> EVENTS_TABLES = option(
                    "events.tables", listOf(name("table name", "[A-Za-z_][A-Za-z0-9_]{0,62}"), "list of table names"))
            .prose(
                    "Tables of this node's database that are shipped. Each needs an integer primary key `id`, and none may be replicated to the slave.")
            .byDefault(List.of("queue_log", "cel"));

    public static final Option<String> EVENTS_NODE = option(
                    "events.node",
                    name("node name (letters, digits, '.', '_', '-')", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"))
            .prose("Name under which this node's rows are on the target. No other node may have it.")
            .derived("the host name");

    public static final Option<Duration> EVENTS_INTERVAL = option("events.interval", duration("100ms", "1h"))
            .prose("How long the agent waits before it looks for new events, when it has shipped all.")
            .byDefault(Duration.ofSeconds(1));

    /** All of them, in the order of the file: a section's options stand together. */
    public static final List<Option<?>> ALL = List.of(
            ROLE,
            PROFILE,
            NODE_ADDRESS,
            PEER_ADDRESS,
            LINK_BIND,
            LINK_PORT,
            WATCH_INTERVAL,
            TAKEOVER_AFTER,
            TAKEOVER_UNFENCED_AFTER,
            TAKEOVER_WITNESS,
            FENCING_METHODS,
            FENCING_LIMIT,
            FENCING_REQUIRED,
            FAILBACK_HOLD_DOWN,
            FAILBACK_POLICY,
            FAILBACK_DRAIN_LIMIT,
            ISOLATION_POLICY,
            ISOLATION_AFTER,
            ISOLATION_STOP_AFTER,
            BOOT_MASTER_WAIT,
            BOOT_SLAVE_WAIT,
            ASTERISK_SIP_PORT,
            ASTERISK_AMI_HOST,
            ASTERISK_AMI_PORT,
            ASTERISK_AMI_USER,
            ASTERISK_AMI_SECRET_FILE,
            DATABASE_PORT,
            DATABASE_NAME,
            DATABASE_USER,
            DATABASE_PASSWORD_FILE,
            REPLICATION_SCHEDULE,
            REPLICATION_VERIFICATION,
            REPLICATION_CATEGORIES,
            SYNC_SCHEDULE,
            SYNC_EXTRA_DIRECTORIES,
            SSH_PORT,
            EVENTS_TARGET,
            EVENTS_USER,
            EVENTS_PASSWORD_FILE,
            EVENTS_TABLES,
            EVENTS_NODE,
            EVENTS_INTERVAL);

    private Options() {}

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
