package io.daybook.sim.disk;

import org.jspecify.annotations.Nullable;

/** A change of directories that is not yet on the platter: a name comes, goes, or moves. */
final class NameChange {
    private final @Nullable SimInode fromDirectory;
    private final String fromName;
    private final @Nullable SimInode toDirectory;
    private final String toName;
    private final SimInode inode;

    private NameChange(
            @Nullable SimInode fromDirectory,
            String fromName,
            @Nullable SimInode toDirectory,
            String toName,
            SimInode inode) {
        this.fromDirectory = fromDirectory;
        this.fromName = fromName;
        this.toDirectory = toDirectory;
        this.toName = toName;
        this.inode = inode;
    }

    static NameChange link(SimInode directory, String name, SimInode inode) {
        return new NameChange(null, "", directory, name, inode);
    }

    static NameChange unlink(SimInode directory, String name, SimInode inode) {
        return new NameChange(directory, name, null, "", inode);
    }

    static NameChange rename(SimInode from, String fromName, SimInode to, String toName, SimInode inode) {
        return new NameChange(from, fromName, to, toName, inode);
    }

    boolean touches(SimInode directory) {
        return fromDirectory == directory || toDirectory == directory;
    }

    /** From now on it is on the platter. */
    void apply() {
        if (fromDirectory != null && fromDirectory.durableEntries.get(fromName) == inode) {
            fromDirectory.durableEntries.remove(fromName);
        }
        if (toDirectory != null) {
            toDirectory.durableEntries.put(toName, inode);
        }
    }
}
