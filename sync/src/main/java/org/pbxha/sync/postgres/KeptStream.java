// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.pbxha.sync.postgres.Contents.Content;
import org.pbxha.sync.postgres.Generations.Generation;
import org.pbxha.sync.postgres.Generations.KeptTable;
import org.pbxha.sync.postgres.Generations.Piece;

/** A kept generation, put together again to a snapshot's stream that brings every table whole. One piece is open at a time. */
final class KeptStream extends InputStream {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Generation generation;
    private final Path directory;
    private final Deque<Source> sources = new ArrayDeque<>();
    private InputStream current = InputStream.nullInputStream();
    private long remaining;
    private long rows;

    /** Opens a stretch of the stream. */
    private interface Opening {
        InputStream open() throws IOException;
    }

    private record Source(Opening opening, long length) {}

    private interface Frames {
        void write(FrameWriter frames) throws IOException;
    }

    KeptStream(Generation generation, Path directory) throws IOException {
        this.generation = generation;
        this.directory = directory;
        Map<String, Content> contents = new TreeMap<>();
        generation.tables().forEach((name, table) -> contents.put(name, content(table)));
        bytes(FrameWriter.MAGIC);
        frames(frames -> {
            frames.manifest(JSON.writeValueAsBytes(generation.manifest()));
            frames.contents(JSON.writeValueAsBytes(new Contents(contents)));
        });
        for (int i = 0; i < generation.manifest().tables().size(); i++) {
            table(i, generation.manifest().tables().get(i).name());
        }
        frames(frames -> frames.end(rows));
    }

    private static Content content(KeptTable table) {
        return new Content(table.pieces().stream().map(Piece::part).toList(), table.rows(), table.key());
    }

    private void table(int index, String name) throws IOException {
        KeptTable table = generation.tables().get(name);
        if (table == null) {
            throw new IOException("what is kept in " + directory + " lacks table " + name);
        }
        frames(frames -> frames.tableStart(index));
        for (Piece piece : table.pieces()) {
            sources.add(new Source(() -> open(piece), piece.length()));
            rows += piece.rows();
        }
    }

    private InputStream open(Piece piece) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(piece.file()), StandardOpenOption.READ);
        channel.position(piece.offset());
        return Channels.newInputStream(channel);
    }

    private void frames(Frames written) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.write(new FrameWriter(bytes));
        bytes(bytes.toByteArray());
    }

    private void bytes(byte[] bytes) {
        sources.add(new Source(() -> new ByteArrayInputStream(bytes), bytes.length));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (remaining == 0) {
            current.close();
            Source next = sources.poll();
            if (next == null) {
                return -1;
            }
            current = next.opening().open();
            remaining = next.length();
        }
        int read = current.read(buffer, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw new EOFException("a file in " + directory + " is shorter than it was");
        }
        remaining -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
