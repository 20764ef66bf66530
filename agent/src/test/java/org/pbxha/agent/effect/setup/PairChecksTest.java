// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pbxha.agent.core.Role;
import org.pbxha.agent.link.LinkJson;
import org.pbxha.agent.setup.Check;
import org.pbxha.agent.setup.Check.Level;
import org.pbxha.agent.setup.NodeFacts;

class PairChecksTest {
    private static final NodeFacts MASTER = facts(Role.MASTER, "boot-1", "0.1.0", 0, "13.16", "UTF8", "16.28.0");
    private static final NodeFacts SLAVE = facts(Role.SLAVE, "boot-2", "0.1.0", 1, "13.11", "UTF8", "16.2.0");

    @Test
    void twoAlikeNodesPass() {
        assertThat(PairChecks.compare(MASTER, SLAVE)).extracting(Check::level).containsOnly(Level.OK);
    }

    @Test
    void thisMachineItselfIsNoPeer() {
        assertThat(PairChecks.compare(MASTER, MASTER)).extracting(Check::level).containsExactly(Level.ERROR);
    }

    @Test
    void twoMastersAreNoPair() {
        NodeFacts other = facts(Role.MASTER, "boot-2", "0.1.0", 0, "13.16", "UTF8", "16.28.0");
        assertThat(worst(other)).isEqualTo(Level.ERROR);
    }

    @Test
    void anotherVersionOfPbxHaIsAWarning() {
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.2.0", 0, "13.1", "UTF8", "16.1")))
                .isEqualTo(Level.WARNING);
    }

    @Test
    void clocksMayDifferBySecondsButNotByMinutes() {
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.1.0", 3, "13.1", "UTF8", "16.1")))
                .isEqualTo(Level.WARNING);
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.1.0", -61, "13.1", "UTF8", "16.1")))
                .isEqualTo(Level.ERROR);
    }

    @Test
    void encodingsMustAgree() {
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.1.0", 0, "13.1", "LATIN1", "16.1")))
                .isEqualTo(Level.ERROR);
    }

    @Test
    void otherMajorVersionsAreAWarning() {
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.1.0", 0, "15.1", "UTF8", "16.1")))
                .isEqualTo(Level.WARNING);
        assertThat(worst(facts(Role.SLAVE, "boot-2", "0.1.0", 0, "13.1", "UTF8", "22.1")))
                .isEqualTo(Level.WARNING);
    }

    @Test
    void oldPostgresCountsItsMajorVersionsWithTwoNumbers() {
        NodeFacts one = facts(Role.MASTER, "boot-1", "0.1.0", 0, "9.4.26", "UTF8", "11.1");
        NodeFacts other = facts(Role.SLAVE, "boot-2", "0.1.0", 0, "9.6.1", "UTF8", "11.1");
        assertThat(PairChecks.compare(one, other)).extracting(Check::level).contains(Level.WARNING);
    }

    @Test
    void factsSurviveTheLink() throws Exception {
        assertThat(LinkJson.read(LinkJson.write(MASTER), NodeFacts.class)).isEqualTo(MASTER);
        NodeFacts empty = LinkJson.read("{\"later\": 1}", NodeFacts.class);
        assertThat(empty.version()).isEmpty();
        assertThat(empty.sshHostKeys()).isEmpty();
    }

    private static Level worst(NodeFacts peer) {
        return PairChecks.compare(MASTER, peer).stream()
                .map(Check::level)
                .max(Enum::compareTo)
                .orElseThrow();
    }

    private static NodeFacts facts(
            Role role, String boot, String version, long clock, String postgres, String encoding, String asterisk) {
        return new NodeFacts(
                version,
                role,
                "xivo",
                "pbx",
                boot,
                Instant.parse("2026-11-21T12:00:00Z").plusSeconds(clock),
                List.of("192.0.2.1"),
                asterisk,
                true,
                postgres,
                encoding,
                List.of(),
                List.of());
    }
}
