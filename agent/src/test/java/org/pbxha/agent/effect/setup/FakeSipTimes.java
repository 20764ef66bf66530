// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.pbxha.provisioning.Expiry;
import org.pbxha.provisioning.SipExpiry;
import org.pbxha.provisioning.SipExpiryUndo;
import org.pbxha.sync.postgres.ConnectionSource;
import org.pbxha.sync.postgres.LocalDatabase;

/** Registration times of chan_sip, for whoever has the role and its password. */
final class FakeSipTimes implements SipTimes {
    /** In the order of {@link Expiry}: shortest, longest, default. */
    private static final List<String> PAIRED = List.of("180", "300", "240");

    private final FakePostgres postgres;
    List<String> values = List.of("60", "7200", "120");

    FakeSipTimes(FakePostgres postgres) {
        this.postgres = postgres;
    }

    /** As psql prints them. */
    String line() {
        return values.isEmpty() ? "" : values.get(0) + "/" + values.get(2) + "/" + values.get(1) + "\n";
    }

    @Override
    public SipExpiryUndo read(ConnectionSource database) throws IOException {
        logIn(database);
        List<SipExpiryUndo.Previous> found = new ArrayList<>();
        Iterator<String> value = values.iterator();
        for (Expiry expiry : Expiry.values()) {
            found.add(new SipExpiryUndo.Previous("staticsip", "sip.conf", expiry, value.next()));
        }
        return new SipExpiryUndo(found);
    }

    @Override
    public void pair(ConnectionSource database) throws IOException {
        logIn(database);
        values = PAIRED;
    }

    @Override
    public SipExpiry.Restored restore(ConnectionSource database, SipExpiryUndo undo) throws IOException {
        logIn(database);
        if (!values.equals(PAIRED)) {
            return new SipExpiry.Restored(0, List.of());
        }
        values = undo.values().stream()
                .map(value -> String.valueOf(value.value()))
                .toList();
        return new SipExpiry.Restored(values.size(), List.of());
    }

    private void logIn(ConnectionSource source) throws IOException {
        if (!(source instanceof LocalDatabase database) || !postgres.lets(database.user(), database.password())) {
            throw new IOException("login of " + source + " refused");
        }
    }
}
