// SPDX-License-Identifier: Apache-2.0
package org.pbxha.sync.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The peer's SSH server, and what we show and expect there.
 *
 * @param address IP address or host name, as it was pinned in the known hosts
 * @param port usually 22
 * @param user usually root: files keep their owners
 * @param privateKey our key
 * @param knownHosts the pinned host keys
 */
public record SshTarget(String address, int port, String user, Path privateKey, Path knownHosts) {
    /** ssh splits an option's value at blanks, and rsync splits the whole line again. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9_.:%-]*");

    public SshTarget {
        requirePlain(address, ADDRESS);
        Stream.of(user, privateKey.toString(), knownHosts.toString()).forEach(value -> requirePlain(value, PLAIN));
    }

    /**
     * The ssh client's command line up to the host. It reads no configuration, asks nothing, offers one key, accepts
     * pinned host keys only and changes no file.
     */
    public List<String> sshCommand(Duration connectTimeout) {
        return List.of(
                "/usr/bin/ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + knownHosts,
                "-o",
                "GlobalKnownHostsFile=none",
                "-o",
                "UpdateHostKeys=no",
                "-o",
                "CheckHostIP=no",
                "-o",
                "PreferredAuthentications=publickey",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityAgent=none",
                "-o",
                "ConnectTimeout=" + Math.max(1, connectTimeout.toSeconds()),
                "-o",
                "ServerAliveInterval=10",
                "-o",
                "ServerAliveCountMax=3",
                "-o",
                "LogLevel=ERROR",
                "-i",
                privateKey.toString(),
                "-l",
                user,
                "-p",
                Integer.toString(port));
    }

    @Override
    public String toString() {
        return user + "@" + address + " port " + port;
    }

    private static void requirePlain(String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("not a plain value for ssh: " + value);
        }
    }
}
