// SPDX-License-Identifier: Apache-2.0
package org.pbxha.agent.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jspecify.annotations.Nullable;

/**
 * Who may read and write a file.
 *
 * @param mode permissions as {@code ls} writes them, for example {@code rw-r-----}
 * @param owner name of the owner, or null: the user that runs this
 * @param group name of the group, or null: the group of the user that runs this
 */
public record FileAccess(
        String mode, @Nullable String owner, @Nullable String group) {
    /** Readable and writable by its owner only. */
    public static final FileAccess PRIVATE = new FileAccess("rw-------", null, null);

    /** Readable by everybody. */
    public static final FileAccess PUBLIC = new FileAccess("rw-r--r--", null, null);

    /** The access of an existing file. */
    public static FileAccess of(Path file) throws IOException {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new FileAccess(
                PosixFilePermissions.toString(found.permissions()),
                found.owner().getName(),
                found.group().getName());
    }

    void applyTo(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        // The owner first: a change of owner may clear bits of the mode.
        if (group != null) {
            view.setGroup(names.lookupPrincipalByGroupName(group));
        }
        if (owner != null) {
            view.setOwner(names.lookupPrincipalByName(owner));
        }
        view.setPermissions(PosixFilePermissions.fromString(mode));
    }
}
