// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pbxha.sync.postgres.ReplicationException.Reason;

class FrameReaderTest {
    @Test
    void readsWhatWasWrittenInPiecesOfBoundedSize() throws Exception {
        byte[] text = new byte[3 * Lz4Pieces.LARGEST + 7];
        new Random(1).nextBytes(text);

        FrameReader reader = new FrameReader(new ByteArrayInputStream(stream(text)));

        assertThat(reader.manifest()).asString().isEqualTo("{}");
        assertThat(reader.next()).isEqualTo('T');
        assertThat(reader.number()).isEqualTo(42);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        char type = reader.next();
        for (; type == 'D'; type = reader.next()) {
            assertThat(reader.textLength()).isLessThanOrEqualTo(Lz4Pieces.LARGEST);
            data.write(reader.text(), 0, reader.textLength());
        }
        assertThat(data.toByteArray()).isEqualTo(text);
        assertThat(type).isEqualTo('E');
        assertThat(reader.number()).isEqualTo(5);
        assertThat(reader.number('F', "a fingerprint")).isEqualTo(-7);
        assertThat(reader.next()).isEqualTo('Z');
    }

    @Test
    void countsTheBytesItWrites() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        writer.begin();
        writer.manifest(new byte[10]);
        writer.end(0);

        assertThat(writer.written()).isEqualTo(out.size());
    }

    @Test
    void refusesAnotherVersionOfTheStream() {
        byte[] other = "PBXHADB1........".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(other)))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STREAM));
    }

    @Test
    void allocatesNothingThatTheStreamMerelyClaims() throws Exception {
        byte[] claim = "PBXHADB2M\177\377\377\377".getBytes(StandardCharsets.ISO_8859_1);
        FrameReader reader = new FrameReader(new ByteArrayInputStream(claim));

        assertThatThrownBy(reader::manifest).isInstanceOf(ReplicationException.class);
    }

    @Test
    void endsEveryDamagedStreamWithAnError() throws Exception {
        byte[] good = stream(new byte[1000]);
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(good.length);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            assertEnds(bad);
        }
    }

    /** Reads to the end; an error of ours or the end of the stream is fine, anything else is not. */
    private static void assertEnds(byte[] stream) {
        try {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(stream));
            assertThat(reader.manifest().length).isLessThan(stream.length);
            while (reader.next() != 'Z') {
                assertThat(reader.textLength()).isLessThanOrEqualTo(Lz4Pieces.LARGEST);
            }
        } catch (IOException | ReplicationException e) {
            assertThat(e).isNotNull();
        }
    }

    private static byte[] stream(byte[] text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out);
        writer.begin();
        writer.manifest("{}".getBytes(StandardCharsets.US_ASCII));
        writer.tableStart(42);
        writer.data(text);
        writer.partEnd(new Fingerprint.Value(5, -7));
        writer.end(5);
        return out.toByteArray();
    }
}
