// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.effect.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class HookDirectoryTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(HookDirectory.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path root;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void letGo() {
        logger.detachAppender(log);
    }

    @Test
    void eventsHaveTheDirectoriesOfTheGuide() {
        assertThat(HookEvent.values())
                .extracting(HookEvent::directory)
                .containsExactly(
                        "master-down",
                        "master-up",
                        "before-takeover",
                        "after-takeover",
                        "before-failback",
                        "after-failback",
                        "split-brain",
                        "repair",
                        "fence",
                        "replication-failed",
                        "replication-recovered",
                        "sync-failed",
                        "sync-recovered",
                        "events-failed",
                        "events-recovered");
    }

    @Test
    void leavesOutNamesThatRunPartsWouldLeaveOutAndSaysSoOnce() throws Exception {
        Path directory = Files.createDirectory(root.resolve("repair"));
        for (String name : new String[] {"mail", "A-1_x", "mail.sh", "mail~", "mail.dpkg-old", ".hidden", "två"}) {
            Files.createFile(directory.resolve(name));
        }
        HookDirectory hooks = new HookDirectory(root);

        assertThat(hooks.hooks(HookEvent.REPAIR))
                .containsExactly(directory.resolve("A-1_x"), directory.resolve("mail"));
        hooks.hooks(HookEvent.REPAIR);

        assertThat(log.list)
                .hasSize(5)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(said -> assertThat(said).contains(directory.resolve("mail.sh") + " is not run"));
    }

    @Test
    void saysNothingAboutWhatIsNotThere() {
        assertThat(new HookDirectory(root.resolve("absent")).hooks(HookEvent.REPAIR))
                .isEmpty();
        assertThat(new HookDirectory(root).hooks(HookEvent.REPAIR)).isEmpty();
        assertThat(log.list).isEmpty();
    }

    @Test
    void saysThatADirectoryCannotBeListed() throws Exception {
        Files.createFile(root.resolve("repair"));

        assertThat(new HookDirectory(root).hooks(HookEvent.REPAIR)).isEmpty();
        assertThat(log.list).hasSize(1);
    }
}
