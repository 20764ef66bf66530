// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.postgres.Manifest.Column;
import org.pbxha.sync.postgres.Manifest.Constraint;
import org.pbxha.sync.postgres.Manifest.Rules;
import org.pbxha.sync.postgres.Manifest.Table;
import org.pbxha.sync.postgres.ReplicationException.Reason;
import org.pbxha.sync.postgres.Selection.Fate;

class ManifestCheckTest {
    private static final Rules NO_RULES = new Rules(Map.of(), Fate.REPLICATE, List.of());
    private static final Column ID = new Column("id", "integer", true, true, "");

    @Test
    void saysWhichCategoriesHaveAnotherFateAndWhichTablesThatConcerns() {
        Manifest master =
                manifest(new Rules(Map.of("dhcp", Fate.LEAVE, "mail", Fate.LEAVE), Fate.REPLICATE, List.of("dhcp")));
        Manifest here = manifest(
                new Rules(Map.of("dhcp", Fate.REPLICATE, "mail", Fate.LEAVE), Fate.LEAVE, List.of()), table("dhcp"));

        assertThat(differences(master, here))
                .containsExactly(
                        "selection: category dhcp is left alone on the master and replicated here: give"
                                + " replication.categories the same value on both nodes",
                        "selection: a table that no rule names is replicated on the master and left alone here: use the"
                                + " same profile on both nodes",
                        "dhcp: the table is left alone on the master and replicated here");
    }

    @Test
    void constraintsAreTheSameByDefinitionAndNotByName() {
        Table master = new Table(
                "t",
                false,
                List.of(ID),
                List.of(new Constraint("t_pkey", "PRIMARY KEY (id)"), new Constraint("small", "CHECK ((id < 5))")),
                0);
        Table same = new Table(
                "t",
                false,
                List.of(ID),
                List.of(new Constraint("other", "PRIMARY KEY (id)"), new Constraint("small2", "CHECK ((id < 5))")),
                0);
        Table changed = new Table(
                "t",
                false,
                List.of(ID),
                List.of(new Constraint("small", "CHECK ((id < 6))"), new Constraint("extra", "UNIQUE (id)")),
                0);

        assertThat(differences(manifest(NO_RULES, master), manifest(NO_RULES, same)))
                .isEmpty();
        assertThat(differences(manifest(NO_RULES, master), manifest(NO_RULES, changed)))
                .containsExactly(
                        "t: constraint t_pkey is missing here: PRIMARY KEY (id)",
                        "t: constraint small is CHECK ((id < 5)) on the master and CHECK ((id < 6)) here",
                        "t: constraint extra exists only here: UNIQUE (id)");
    }

    @Test
    void namesTheExtensionThatATypeComesFrom() {
        Table master = new Table(
                "t", false, List.of(ID, new Column("name", "public.citext", false, false, "citext")), List.of(), 0);

        assertThat(differences(manifest(NO_RULES, master), manifest(NO_RULES, table("t"))))
                .containsExactly(
                        "extension citext: it is missing here, and its types are needed for t.name:"
                                + " CREATE EXTENSION \"citext\"",
                        "t: column name is missing here");
    }

    @Test
    void groupsALongListByTableAndBoundsIt() {
        List<Difference> many = IntStream.range(0, 77)
                .mapToObj(n -> new Difference(n < 2 ? "first" : "table" + n, "column c" + n + " is missing here"))
                .toList();

        assertThat(ReplicationException.different(many))
                .hasMessageStartingWith("""
                        the databases differ in 77 points:
                          first:
                            column c0 is missing here
                            column c1 is missing here
                          table2: column c2 is missing here
                        """)
                .hasMessageEndingWith("\n  and 37 more");
        assertThat(ReplicationException.different(many).differences()).hasSize(77);
    }

    @Test
    void wantsRoomForTheNewRowsBesideTheOldOnes() throws Exception {
        Manifest master = manifest(NO_RULES, new Table("t", false, List.of(ID), List.of(), 3L << 30));

        Preflight.checkRoom(master.tables(), OptionalLong.of(3L << 30));
        Preflight.checkRoom(master.tables(), OptionalLong.empty());
        assertThatThrownBy(() -> Preflight.checkRoom(master.tables(), OptionalLong.of(700L << 20)))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK))
                .hasMessage(
                        "the tables take 3 GB beside the old ones, and the disk of this node's database has 700 MB free");
    }

    private static List<String> differences(Manifest master, Manifest here) {
        Selection all = new Selection("public", Set.of(), List.of());
        return ManifestCheck.differences(master, here, all).stream()
                .map(Difference::toString)
                .toList();
    }

    private static Table table(String name) {
        return new Table(name, false, List.of(ID), List.of(), 0);
    }

    private static Manifest manifest(Rules rules, Table... tables) {
        return new Manifest(160_000, "UTF8", "public", List.of(tables), List.of(), Map.of(), List.of("plpgsql"), rules);
    }
}
