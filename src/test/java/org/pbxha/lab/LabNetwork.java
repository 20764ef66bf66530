// SPDX-License-Identifier: Apache-2.0
package org.pbxha.lab;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network.Ipam;
import org.testcontainers.containers.Network;

/**
 * A closed network of a pair's own: 256 addresses, no way out. The engine's end of it is .1, which
 * answers ping and serves as the witness.
 */
final class LabNetwork implements AutoCloseable {
    private final Network network;
    private final String prefix;

    private LabNetwork(Network network, String prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** Takes the first range that no other lab of this machine has: several may run side by side. */
    static LabNetwork create() {
        DockerException last = new DockerException("no range tried", 0);
        for (int third = 16; third < 256; third++) {
            String prefix = "172.29." + third + ".";
            Network network = Network.builder()
                    .createNetworkCmdModifier(command -> command.withInternal(true)
                            .withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(prefix + "0/24"))))
                    .build();
            try {
                // Creates it: the builder only describes it.
                network.getId();
                return new LabNetwork(network, prefix);
            } catch (DockerException taken) {
                last = taken;
            }
        }
        throw new LabException("no free range for a lab network", last);
    }

    Network network() {
        return network;
    }

    String address(int last) {
        return prefix + last;
    }

    @Override
    public void close() {
        network.close();
    }
}
