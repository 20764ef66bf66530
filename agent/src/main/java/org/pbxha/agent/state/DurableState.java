// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state file: two slots of a fixed size, written in turn and flushed to the disk. A write that is cut off leaves
 * the other slot; the space is taken when the file is made, so that a full disk cannot stop a decision. The gate script
 * reads the same file.
 */
public final class DurableState {
    private final Path file;
    private volatile @Nullable Contents last;

    /** What stood in the file when it was read last, and its newest record: each cycle reads it, and it seldom changes. */
    private record Contents(ByteBuffer bytes, StateSlot newest) {}

    /** The state kept in this file; nothing is read or made yet. */
    public DurableState(Path file) {
        this.file = file;
    }

    /**
     * The newest whole record, empty when the node was never set up.
     *
     * @throws IOException when the file cannot be read, or is there without one whole slot
     */
    public Optional<NodeState> read() throws IOException {
        StateSlot slot = newest();
        return Optional.ofNullable(slot).map(StateSlot::node);
    }

    /**
     * Makes this record the newest one; it is on the disk when this returns.
     *
     * @throws IOException when it is not; the record before it then still counts
     */
    public void write(NodeState node) throws IOException {
        if (Files.notExists(file)) {
            create(node);
            return;
        }
        StateSlot last = newest();
        long sequence = last == null ? 1 : last.sequence() + 1;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            put(channel, new StateSlot(sequence, node));
        }
    }

    /** Both slots are written at first, so that the file has its final size before it has its name. */
    private void create(NodeState node) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "state",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            put(channel, new StateSlot(0, node));
            put(channel, new StateSlot(1, node));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void put(FileChannel channel, StateSlot slot) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(slot.bytes());
        long at = (slot.sequence() % 2) * StateSlot.SIZE;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(true);
    }

    private @Nullable StateSlot newest() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
        Contents known = last;
        if (known == null || !known.bytes.equals(ByteBuffer.wrap(bytes))) {
            known = new Contents(ByteBuffer.wrap(bytes), newest(bytes));
            last = known;
        }
        return known.newest;
    }

    private StateSlot newest(byte[] bytes) throws IOException {
        return Stream.of(0, 1)
                .map(index -> slot(bytes, index))
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(StateSlot::sequence))
                .orElseThrow(
                        () -> new IOException("the state file " + file + " is damaged: neither of its two records is"
                                + " whole; run `pbx-ha setup` again to make a new one"));
    }

    private static @Nullable StateSlot slot(byte[] bytes, int index) {
        int from = index * StateSlot.SIZE;
        return bytes.length < from + StateSlot.SIZE
                ? null
                : StateSlot.parse(Arrays.copyOfRange(bytes, from, from + StateSlot.SIZE));
    }
}
