// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Describes the containers of a lab; the script src/test/lab/lab does the same for a developer's pair. */
final class Containers {
    private static final String OWNER = "org.pbxha.lab.owner";
    private static final long CLOCK_SET_MILLIS = 10_000;

    private Containers() {}

    /** A node: systemd as the first process, without the privileges that restricted engines refuse. */
    static GenericContainer<?> node(Suite suite, LabNetwork network, String name, int address) {
        return base(suite, network)
                .withCreateContainerCmdModifier(command -> host(command, network, name, address)
                        .withCapAdd(Capability.NET_ADMIN, Capability.SYS_ADMIN)
                        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                        .withCgroupnsMode("host")
                        .withBinds(new Bind(cgroup(), new Volume("/sys/fs/cgroup"), AccessMode.rw))
                        .withTmpFs(Map.of("/run", "", "/run/lock", "", "/tmp", "")));
    }

    /** A machine that only runs programs when told to: the phones. */
    static GenericContainer<?> bench(Suite suite, LabNetwork network, String name, int address) {
        return base(suite, network)
                .withCommand("sleep", "infinity")
                .withCreateContainerCmdModifier(command -> host(command, network, name, address)
                        .withCapAdd(Capability.NET_ADMIN)
                        .withInit(true));
    }

    /** Removes what test runs left behind that were killed before they could tidy up. */
    static void removeOrphans(DockerClient docker) {
        for (Container container : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec()) {
            if (!alive(container.getLabels().getOrDefault(OWNER, "0@0"))) {
                docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
                container.getNetworkSettings().getNetworks().values().stream()
                        .map(network -> Optional.ofNullable(network.getNetworkID()))
                        .flatMap(Optional::stream)
                        .forEach(id -> removeNetwork(docker, id));
            }
        }
    }

    private static void removeNetwork(DockerClient docker, String id) {
        boolean empty = docker.listContainersCmd()
                .withShowAll(true)
                .withNetworkFilter(List.of(id))
                .exec()
                .isEmpty();
        if (empty) {
            docker.removeNetworkCmd(id).exec();
        }
    }

    private static GenericContainer<?> base(Suite suite, LabNetwork network) {
        return new GenericContainer<>(DockerImageName.parse(suite.image()))
                .withNetwork(network.network())
                // In the engine's client "reuse" only means: not removed at exit. The owner's label keeps others off.
                .withReuse(Pair.KEPT)
                .withLabel(OWNER, owner(ProcessHandle.current()));
    }

    private static HostConfig host(CreateContainerCmd command, LabNetwork network, String name, int address) {
        command.withHostName(name).withIpv4Address(network.address(address));
        HostConfig host = Optional.ofNullable(command.getHostConfig()).orElseThrow();
        return host.withExtraHosts(
                "master:" + network.address(Pair.MASTER),
                "slave:" + network.address(Pair.SLAVE),
                "provider:" + network.address(Pair.PROVIDER));
    }

    /** systemd of current suites needs a cgroup v2 tree; hosts with both versions keep it aside. */
    private static String cgroup() {
        Path root = Path.of("/sys/fs/cgroup");
        return (Files.exists(root.resolve("cgroup.controllers")) ? root : root.resolve("unified")).toString();
    }

    /** Process ids come back; with the time of its start a process has a name of its own. */
    private static String owner(ProcessHandle process) {
        return process.pid() + "@" + started(process);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().orElseThrow().toEpochMilli();
    }

    /** Each process works the times of others out anew, from a clock that is set now and then. */
    private static boolean alive(String owner) {
        int at = owner.indexOf('@');
        long start = Long.parseLong(owner.substring(at + 1));
        return ProcessHandle.of(Long.parseLong(owner.substring(0, at)))
                .filter(process -> Math.abs(started(process) - start) < CLOCK_SET_MILLIS)
                .isPresent();
    }
}
