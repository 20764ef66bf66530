// SPDX-License-Identifier: Apache-2.0
package org.pbxha.bench;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.pbxha.lab.Node;
import org.pbxha.lab.Pair;

/**
 * What people build themselves, on nodes without the product: keepalived as Debian has it, one advertisement a second, a
 * check of Asterisk, and Asterisk started where the virtual router becomes master.
 */
final class Keepalived {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String STATE = "/run/keepalived.state";

    private final Pair pair;

    Keepalived(Pair pair) {
        this.pair = pair;
        String asterisk = "track_script {\nasterisk\n}";
        pair.master()
                .write("/etc/keepalived/keepalived.conf", configuration(pair.master(), pair.slave(), 150, asterisk));
        // A node whose check fails would never become master, and a standby has no Asterisk to check.
        pair.slave().write("/etc/keepalived/keepalived.conf", configuration(pair.slave(), pair.master(), 100, ""));
    }

    private static String configuration(Node node, Node other, int priority, String check) {
        return """
                global_defs {
                    enable_script_security
                    script_user root
                }
                vrrp_script asterisk {
                    script "/usr/sbin/asterisk -rx uptime"
                    interval 1
                    fall 2
                    weight -60
                }
                vrrp_instance pbx {
                    state BACKUP
                    interface eth0
                    virtual_router_id 51
                    priority %d
                    advert_int 1
                    unicast_src_ip %s
                    unicast_peer {
                        %s
                    }
                    %s
                    notify_master "/usr/bin/systemctl start asterisk.service"
                    notify_backup "/usr/bin/touch %s"
                }
                """.formatted(priority, node.address(), other.address(), check, STATE);
    }

    /** Seconds from cutting the master's power to the slave's first SIP answer. */
    double takeover() {
        Node master = pair.master();
        Node slave = pair.slave();
        slave.run("systemctl", "stop", "asterisk.service");
        slave.run("rm", "-f", STATE);
        pair.nodes().forEach(node -> node.run("systemctl", "restart", "keepalived.service"));
        Awaitility.await("keepalived backs up")
                .atMost(LIMIT)
                .until(() -> slave.exec("test", "-e", STATE).ok() && !slave.answersSip());
        double seconds = Takeover.seconds(master, slave, LIMIT);
        slave.run("systemctl", "stop", "keepalived.service");
        master.powerOn();
        master.awaitBooted();
        Awaitility.await("the master serves").atMost(LIMIT).until(master::answersSip);
        return seconds;
    }

    /** Leaves the nodes as they were. */
    void remove() {
        pair.nodes().forEach(node -> {
            node.run("systemctl", "stop", "keepalived.service");
            node.run("rm", "/etc/keepalived/keepalived.conf");
        });
    }
}
