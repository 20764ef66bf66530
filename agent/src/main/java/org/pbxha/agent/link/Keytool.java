// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.link;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a key and a self-signed certificate with the JRE's own {@code keytool}. */
final class Keytool {
    /** A slow machine needs a few seconds for a JVM and a key. */
    private static final int LIMIT_SECONDS = 60;

    private Keytool() {}

    /**
     * Writes a PKCS#12 file that holds an EC P-256 key under {@code alias}; the password comes from a file, and what
     * keytool has to say goes beside the key.
     */
    static void makeKey(Path keystore, Path passwordFile, String alias) throws IOException {
        // 100 years: nothing on the link reads the dates, but other tools that look at the file do.
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=pbx-ha",
                "-validity",
                "36500",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass:file",
                passwordFile.toString());
        run(command, keystore.resolveSibling("keytool.log"));
    }

    private static void run(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, SECONDS)) {
                throw new IOException("keytool has not finished after " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("keytool ended with " + process.exitValue() + ": "
                        + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was running", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
