// SPDX-License-Identifier: Apache-2.0
package org.pbxha.provisioning;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shortens the time for which phones register, so that after a takeover they look for the other node within five minutes, and
 * undoes it. Works on whichever of the two SIP drivers' tables the database has, possibly none. Each call is one transaction
 * on a connection in auto-commit mode, and may be repeated.
 *
 * <p>Asterisk takes the values over when its SIP driver is reloaded; Wazo's generated configuration must be invalidated
 * before.
 */
public final class SipExpiry {
    private static final List<ExpiryTable> TABLES = List.of(new ChanSipExpiry(), new PjsipExpiry());

    private SipExpiry() {}

    /**
     * Result of {@link #restore}.
     *
     * @param changed number of values put back
     * @param leftAlone values that are not those of a pair, because somebody changed them since; for a message
     */
    public record Restored(int changed, List<String> leftAlone) {}

    /** What is there now; changes nothing. */
    public static SipExpiryUndo read(Connection connection) throws SQLException {
        return Sql.inTransaction(connection, () -> {
            List<SipExpiryUndo.Previous> found = new ArrayList<>();
            for (Place place : places(connection)) {
                found.add(new SipExpiryUndo.Previous(
                        place.table().name(), place.name(), place.expiry(), place.read(connection)));
            }
            return new SipExpiryUndo(found);
        });
    }

    /**
     * A script for psql that prints what is there now, for use before there is a role to connect as: for each place a line
     * with the shortest, the default and the longest time, such as {@code 60/120/3600}, equal lines once; nothing when the
     * database has no SIP tables. It runs as a superuser and therefore reads plain tables only, no views.
     */
    public static String psqlScript() {
        return TABLES.stream().map(ExpiryTable::psqlScript).collect(Collectors.joining());
    }

    /** The line of {@link #psqlScript} for a pair. */
    public static String paired() {
        return Expiry.MINIMUM.paired() + "/" + Expiry.DEFAULT.paired() + "/" + Expiry.MAXIMUM.paired();
    }

    /** Sets the values of a pair: 180 s at least, 300 s at most, 240 s by default. Returns what was there. */
    public static SipExpiryUndo apply(Connection connection) throws SQLException {
        return Sql.inTransaction(connection, () -> {
            List<SipExpiryUndo.Previous> found = new ArrayList<>();
            for (Place place : places(connection)) {
                @Nullable String before = place.read(connection);
                found.add(new SipExpiryUndo.Previous(place.table().name(), place.name(), place.expiry(), before));
                if (!place.expiry().paired().equals(before)) {
                    place.put(connection, place.expiry().paired());
                }
            }
            return new SipExpiryUndo(found);
        });
    }

    /**
     * Puts back what {@code undo} recorded. A value that still is that of a pair but was not recorded, such as that of a
     * tenant made since, becomes the shipped one; any other value was chosen by somebody and stays.
     */
    public static Restored restore(Connection connection, SipExpiryUndo undo) throws SQLException {
        return Sql.inTransaction(connection, () -> {
            int changed = 0;
            List<String> leftAlone = new ArrayList<>();
            for (Place place : places(connection)) {
                @Nullable String now = place.read(connection);
                @Nullable String before = place.before(undo);
                if (place.expiry().paired().equals(now) && !Objects.equals(now, before)) {
                    place.put(connection, before);
                    changed++;
                } else if (now != null && !Objects.equals(now, before)) {
                    leftAlone.add(place.table().name() + " " + place.name() + " " + place.expiry() + " = " + now);
                }
            }
            return new Restored(changed, List.copyOf(leftAlone));
        });
    }

    private static List<Place> places(Connection connection) throws SQLException {
        List<Place> places = new ArrayList<>();
        for (ExpiryTable table : TABLES) {
            for (String name : table.places(connection)) {
                for (Expiry expiry : Expiry.values()) {
                    places.add(new Place(table, name, expiry));
                }
            }
        }
        return places;
    }

    /** One of the three times at one place of a table. */
    private record Place(ExpiryTable table, String name, Expiry expiry) {
        @Nullable
        String read(Connection connection) throws SQLException {
            return table.read(connection, name, expiry);
        }

        void put(Connection connection, @Nullable String value) throws SQLException {
            if (value == null) {
                table.remove(connection, name, expiry);
            } else {
                table.write(connection, name, expiry, value);
            }
        }

        @Nullable
        String before(SipExpiryUndo undo) {
            Optional<SipExpiryUndo.Previous> previous = undo.find(table.name(), name, expiry);
            return previous.isPresent() ? previous.get().value() : expiry.shipped();
        }
    }
}
