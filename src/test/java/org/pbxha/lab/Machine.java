// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.FrameConsumerResultCallback;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.output.ToStringConsumer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** A machine of the lab: programs run on it, files go to and from it. */
public class Machine {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final DockerClient docker = Engine.docker();
    private final GenericContainer<?> container;
    private final String name;
    private final String address;

    Machine(GenericContainer<?> container, String name, String address) {
        this.container = container;
        this.name = name;
        this.address = address;
    }

    /** The host name: master, slave or phones. */
    public final String name() {
        return name;
    }

    /** The IPv4 address on the lab's network. */
    public final String address() {
        return address;
    }

    /** The command that gives a person a shell on it. */
    public final String shellCommand() {
        return "docker exec -it " + id().substring(0, 12) + " bash -l";
    }

    /**
     * Runs a program and gives its standard output.
     *
     * @throws LabException when it exits with anything but 0, or takes more than a minute
     */
    public final String run(String... command) {
        return exec(command).orFail();
    }

    /** Runs a program; whatever its exit code, that is the result. */
    public final Result exec(String... command) {
        return exec(LIMIT, command);
    }

    /** Runs a program with a limit to its time. */
    public final Result exec(Duration limit, String... command) {
        ToStringConsumer out = new ToStringConsumer();
        ToStringConsumer err = new ToStringConsumer();
        String id = docker.execCreateCmd(id())
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command)
                .exec()
                .getId();
        try (FrameConsumerResultCallback frames = new FrameConsumerResultCallback()) {
            frames.addConsumer(OutputType.STDOUT, out);
            frames.addConsumer(OutputType.STDERR, err);
            if (!docker.execStartCmd(id).exec(frames).awaitCompletion(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException(name + ": " + String.join(" ", command) + " did not end within " + limit + "\n"
                        + out.toUtf8String() + err.toUtf8String());
            }
        } catch (IOException e) {
            throw new LabException(name + ": " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(name + ": interrupted in " + String.join(" ", command), e);
        }
        Long exit = docker.inspectExecCmd(id).exec().getExitCodeLong();
        return new Result(
                List.of(command), exit == null ? -1 : exit.intValue(), out.toUtf8String(), err.toUtf8String());
    }

    /**
     * Runs a program that reads its standard input, up to the end of it.
     *
     * @param limit the time after which the lab gives up on it
     * @param input what the program reads
     * @param command the program and its arguments; no shell looks at them
     */
    public final Result feed(Duration limit, String input, String... command) {
        // By way of a file: the engine's client has no means to say that the input is at its end.
        String file = "/root/input-" + UUID.randomUUID();
        write(file, input);
        List<String> all =
                new ArrayList<>(List.of("sh", "-c", "exec <\"$1\"; rm \"$1\"; shift; exec \"$@\"", "sh", file));
        all.addAll(List.of(command));
        Result result = exec(limit, all.toArray(String[]::new));
        return new Result(List.of(command), result.exit(), result.out(), result.err());
    }

    /** Writes a file on the machine: as root, mode 0644, over what was there. */
    public final void write(String path, String content) {
        container.copyFileToContainer(Transferable.of(content), path);
    }

    /** Copies a file or a directory of the host to the machine. */
    public final void copy(Path from, String to) {
        container.copyFileToContainer(MountableFile.forHostPath(from), to);
    }

    /** Takes a file or a directory off the machine as a tar archive; works on a machine that is switched off, too. */
    final InputStream archive(String path) {
        return docker.copyArchiveFromContainerCmd(container.getContainerId(), path)
                .exec();
    }

    final DockerClient docker() {
        return docker;
    }

    final String id() {
        return container.getContainerId();
    }

    final ContainerState state() {
        return docker.inspectContainerCmd(id()).exec().getState();
    }

    final void remove() {
        container.stop();
    }
}
