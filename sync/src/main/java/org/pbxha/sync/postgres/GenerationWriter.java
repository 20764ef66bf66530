// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pbxha.sync.AtomicFile;
import org.pbxha.sync.postgres.Contents.Part;
import org.pbxha.sync.postgres.Generations.Generation;
import org.pbxha.sync.postgres.Generations.Index;
import org.pbxha.sync.postgres.Generations.KeptTable;
import org.pbxha.sync.postgres.Generations.Piece;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one generation while it is applied. A disk without room costs the way back, not the replication: nothing is kept
 * then, and the next replication brings every table whole.
 */
final class GenerationWriter implements PartSink {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWriter.class);
    private static final int BUFFER = 256 * 1024;

    private final Generations generations;
    private final Manifest manifest;
    private final Contents contents;
    private final Optional<Index> before;
    private final Path path;
    private final Map<String, List<Piece>> pieces = new TreeMap<>();

    private @Nullable FileChannel file;
    private OutputStream out = OutputStream.nullOutputStream();
    private @Nullable FrameWriter frames;
    private String table = "";
    private Part part = Part.WHOLE;
    private long written;
    private boolean failed;

    /** Opens its file at the first part. */
    GenerationWriter(Generations generations, Manifest manifest, Contents contents) {
        this.generations = generations;
        this.manifest = manifest;
        this.contents = contents;
        this.before = generations.read();
        this.path = generations.file(before.map(Index::number).orElse(0L) + 1);
    }

    @Override
    public void begin(String name, Part begun) {
        table = name;
        part = begun;
        attempt(() -> {
            open();
            frames = new FrameWriter(out);
        });
    }

    @Override
    public void piece(byte[] compressed, int length) {
        attempt(() -> writer().piece(compressed, length));
    }

    @Override
    public void end(Fingerprint.Value fingerprint) {
        attempt(() -> {
            writer().partEnd(fingerprint);
            long length = writer().written();
            pieces.computeIfAbsent(table, none -> new ArrayList<>())
                    .add(new Piece(String.valueOf(path.getFileName()), written, length, part, fingerprint.rows()));
            written += length;
        });
    }

    /** Changes of sequences alone make no generation: the way back would lead nowhere. */
    @Override
    public void commit(Map<String, Long> rows) {
        if (pieces.isEmpty() && !failed) {
            return;
        }
        attempt(() -> {
            sync();
            Map<String, KeptTable> tables = new TreeMap<>();
            for (Manifest.Table each : manifest.tables()) {
                tables.put(each.name(), kept(each.name(), rows.getOrDefault(each.name(), 0L)));
            }
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            generations.write(new Index(
                    before.map(Index::number).orElse(0L) + 1,
                    new Generation(now, manifest, tables),
                    before.map(Index::current).orElse(null)));
        });
        if (failed) {
            generations.forget();
        }
    }

    private KeptTable kept(String name, long rows) throws IOException {
        Contents.Content content = contents.of(name);
        List<Piece> arrived = pieces.getOrDefault(name, List.of());
        if (content.comesWhole()) {
            return new KeptTable(arrived, rows, content.key());
        }
        KeptTable chain = before.map(index -> index.current().tables().get(name))
                .orElseThrow(() -> new IOException("what table " + name + " was before is not kept"));
        List<String> key = content.key().isEmpty() ? chain.key() : content.key();
        return new KeptTable(
                Stream.concat(chain.pieces().stream(), arrived.stream()).toList(), rows, key);
    }

    private void open() throws IOException {
        if (file == null) {
            generations.createDirectory();
            FileChannel opened = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE));
            file = opened;
            out = new BufferedOutputStream(Channels.newOutputStream(opened), BUFFER);
        }
    }

    private void sync() throws IOException {
        out.flush();
        if (file != null) {
            file.force(true);
        }
    }

    private FrameWriter writer() throws IOException {
        if (frames == null) {
            throw new IOException("no part has begun");
        }
        return frames;
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(Attempt attempt) {
        if (failed) {
            return;
        }
        try {
            attempt.run();
        } catch (IOException e) {
            failed = true;
            LOG.warn(
                    "this replication cannot be kept in {} ({}); there is nothing to roll back to until the one after the"
                            + " next",
                    path,
                    e.toString());
        }
    }

    /** A file that no index names is removed with the next generation. */
    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.debug("{} was not closed: {}", path, e.toString());
            }
        }
    }
}
