package io.daybook.sim.disk;

import io.daybook.runtime.BlockFile;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.RandomSource;
import io.daybook.sim.SimScheduler;
import io.daybook.sim.SimulatedCrash;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A POSIX file system after the worst crash. What was not synced is lost, kept or mixed by the sector, in any order; names
 * that were made, moved or deleted are as before or after until their directory is synced; a failed sync drops pages and
 * calls them clean. Every operation may be the one at which the machine stops, and a place where others overtake.
 */
public final class SimDisk implements Disk {
    private static final int OVERTAKE_PERCENT = 30;

    private final SimScheduler scheduler;
    private final RandomSource random;
    private final TreeMap<Path, DriveFaults> drives = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private final Set<NameChange> failedNames = new HashSet<>();
    private final Set<Path> locks = new HashSet<>();
    private final SimInode root = new SimInode(true);
    private int generation;
    private long operationCount;
    private long crashAtOperation = Long.MAX_VALUE;
    private int syncsUntilCrash = Integer.MAX_VALUE;

    /** Empty. */
    public SimDisk(SimScheduler scheduler, RandomSource random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    /** Everything below this path is on a drive of its own. */
    public DriveFaults addDrive(Path path) {
        return drives.computeIfAbsent(path, any -> new DriveFaults());
    }

    /** The machine stops at the operation after so many more. */
    public void crashAfter(long operations) {
        crashAtOperation = operationCount + operations + 1;
    }

    /** The machine stops in the middle of the sync that comes after so many more. */
    public void crashInSync(int syncs) {
        syncsUntilCrash = syncs;
    }

    /** The process is gone, the machine is not: all that was written stays. */
    public void restartAfterKill() {
        nextGeneration();
        forEachInode(root, SimInode::survive);
    }

    /** The power was gone: what was not synced is at the mercy of chance. */
    public void restartAfterPowerLoss() {
        nextGeneration();
        CrashLosses losses = CrashLosses.random(random);
        boolean isPrefix = random.nextInt(2) == 0;
        for (NameChange each : pendingNames) {
            if (losses.survives(random)) {
                each.apply();
            } else if (isPrefix) {
                break;
            }
        }
        pendingNames.clear();
        failedNames.clear();
        forEachDurableInode(root, inode -> {
            if (inode.isDirectory) {
                inode.entries.clear();
                inode.entries.putAll(inode.durableEntries);
            } else {
                inode.crash(losses, random);
            }
        });
        drives.values().forEach(DriveFaults::repair);
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        enter("open", path);
        SimInode directory = parentOf(path);
        String name = nameOf(path);
        SimInode inode = directory.entries.get(name);
        if (inode == null) {
            if (mode == Mode.READ) {
                throw new NoSuchFileException(path.toString());
            }
            inode = new SimInode(false);
            directory.entries.put(name, inode);
            pendingNames.add(NameChange.link(directory, name, inode));
        } else if (mode == Mode.CREATE_NEW) {
            throw new FileAlreadyExistsException(path.toString());
        } else if (inode.isDirectory) {
            throw new IOException(path + " is a directory");
        }
        DiskFile opened = new SimFile(this, path, inode, generation, mode != Mode.READ);
        return mode == Mode.WRITE_BLOCKS ? new BlockFile(opened) : opened;
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        enter("list", directory);
        SimInode inode = find(directory);
        if (inode == null || !inode.isDirectory) {
            throw new NoSuchFileException(directory.toString());
        }
        List<String> names = new ArrayList<>(inode.entries.keySet());
        for (int i = names.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            names.set(other, names.set(i, names.get(other)));
        }
        return names;
    }

    @Override
    public boolean exists(Path path) {
        return find(path) != null;
    }

    @Override
    public boolean isDirectory(Path path) {
        SimInode inode = find(path);
        return inode != null && inode.isDirectory;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        enter("create", directory);
        SimInode at = root;
        for (Path each : normal(directory)) {
            SimInode next = at.entries.get(each.toString());
            if (next == null) {
                next = new SimInode(true);
                at.entries.put(each.toString(), next);
                at.durableEntries.put(each.toString(), next);
            } else if (!next.isDirectory) {
                throw new FileAlreadyExistsException(directory.toString());
            }
            at = next;
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        enter("create", directory);
        SimInode parent = parentOf(directory);
        SimInode known = parent.entries.get(nameOf(directory));
        if (known == null) {
            SimInode inode = new SimInode(true);
            parent.entries.put(nameOf(directory), inode);
            pendingNames.add(NameChange.link(parent, nameOf(directory), inode));
        } else if (!known.isDirectory) {
            throw new FileAlreadyExistsException(directory.toString());
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        enter("rename", from);
        SimInode fromDirectory = parentOf(from);
        SimInode toDirectory = parentOf(to);
        SimInode inode = fromDirectory.entries.get(nameOf(from));
        if (inode == null) {
            throw new NoSuchFileException(from.toString());
        }
        SimInode replaced = toDirectory.entries.get(nameOf(to));
        if (replaced != null && replaced.isDirectory && !replaced.entries.isEmpty()) {
            throw new DirectoryNotEmptyException(to.toString());
        }
        fromDirectory.entries.remove(nameOf(from));
        toDirectory.entries.put(nameOf(to), inode);
        pendingNames.add(NameChange.rename(fromDirectory, nameOf(from), toDirectory, nameOf(to), inode));
    }

    @Override
    public void delete(Path path) throws IOException {
        enter("delete", path);
        SimInode directory = parentOf(path);
        SimInode inode = directory.entries.get(nameOf(path));
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (inode.isDirectory && !inode.entries.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        directory.entries.remove(nameOf(path));
        pendingNames.add(NameChange.unlink(directory, nameOf(path), inode));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        enter("sync", directory);
        SimInode inode = find(directory);
        if (inode == null || !inode.isDirectory) {
            throw new NoSuchFileException(directory.toString());
        }
        List<NameChange> covered = new ArrayList<>(pendingNames);
        covered.removeIf(each -> !each.touches(inode));
        pauseInSync(directory);
        boolean fails = faultsOf(directory).failsNow();
        for (NameChange each : covered) {
            if (!pendingNames.remove(each)) {
                // Another sync took it meanwhile; where that one failed, this one hears of it too (Linux's errseq).
                fails |= failedNames.contains(each);
            } else if (!fails || random.nextInt(2) == 0) {
                each.apply();
            } else {
                failedNames.add(each);
            }
        }
        if (fails) {
            throw new IOException(directory + ": input/output error (simulated)");
        }
    }

    @Override
    public long usableBytes(Path path) {
        long capacity = faultsOf(path).capacityBytes();
        return capacity == Long.MAX_VALUE ? 1L << 40 : Math.max(0, capacity - usedBytes(path));
    }

    @Override
    public long totalBytes(Path path) {
        long capacity = faultsOf(path).capacityBytes();
        return capacity == Long.MAX_VALUE ? 1L << 40 : capacity;
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) throws IOException {
        open(path, Mode.READ_WRITE).close();
        Path key = normal(path);
        int taken = generation;
        if (!locks.add(key)) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            if (taken == generation) {
                locks.remove(key);
            }
        });
    }

    /** Checks in an operation: it may be the last, and others may come first. */
    void enter(String operation, Path path) {
        if (scheduler.isHalted()) {
            throw new SimulatedCrash(operation);
        }
        operationCount++;
        scheduler
                .trace()
                .add(scheduler.nowNanos(), operation.hashCode() + operationCount, () -> operation + " " + path);
        if (operationCount >= crashAtOperation) {
            crashAtOperation = Long.MAX_VALUE;
            scheduler.halt();
            throw new SimulatedCrash(operation + " " + path);
        }
        if (random.nextInt(100) < OVERTAKE_PERCENT) {
            scheduler.overtake();
            checkRunning(operation);
        }
    }

    /** Fails handles of a process that is gone. */
    void checkGeneration(int opened, String operation) {
        if (opened != generation) {
            throw new SimulatedCrash(operation);
        }
    }

    /** The time of a sync, in which much may happen. */
    void pauseInSync(Path path) {
        boolean isSlow = random.nextInt(100) < faultsOf(path).slowSyncPercent();
        scheduler.advanceNanos(isSlow ? 2_000_000_000L : 100_000 + random.nextInt(900_000));
        scheduler.overtake();
        checkRunning("sync");
        if (syncsUntilCrash != Integer.MAX_VALUE && syncsUntilCrash-- == 0) {
            syncsUntilCrash = Integer.MAX_VALUE;
            scheduler.halt();
            throw new SimulatedCrash("sync " + path);
        }
    }

    DriveFaults faultsOf(Path path) {
        for (Map.Entry<Path, DriveFaults> each : drives.entrySet()) {
            if (path.startsWith(each.getKey())) {
                return each.getValue();
            }
        }
        return addDrive(Path.of("/"));
    }

    /** How many of these bytes the drive still takes. */
    int admit(Path path, SimInode inode, long position, int count) {
        long capacity = faultsOf(path).capacityBytes();
        long growth = position + count - inode.size();
        if (capacity == Long.MAX_VALUE || growth <= 0) {
            return count;
        }
        long lacking = usedBytes(path) + growth - capacity;
        return (int) Math.max(0, Math.min(count, count - lacking));
    }

    RandomSource random() {
        return random;
    }

    IOException full(Path path) {
        return new DiskFullException(path + ": No space left on device (simulated)");
    }

    private void checkRunning(String operation) {
        if (scheduler.isHalted()) {
            throw new SimulatedCrash(operation);
        }
    }

    private void nextGeneration() {
        generation++;
        crashAtOperation = Long.MAX_VALUE;
        syncsUntilCrash = Integer.MAX_VALUE;
        locks.clear();
    }

    /** What the drive of this path holds. */
    public long usedBytes(Path path) {
        for (Path drive : drives.keySet()) {
            if (path.startsWith(drive)) {
                SimInode directory = find(drive);
                return directory == null ? 0 : sizeOf(directory);
            }
        }
        return 0;
    }

    private @Nullable SimInode find(Path path) {
        SimInode at = root;
        for (Path each : normal(path)) {
            at = at == null ? null : at.entries.get(each.toString());
        }
        return at;
    }

    private SimInode parentOf(Path path) throws IOException {
        Path parent = normal(path).getParent();
        SimInode inode = parent == null ? root : find(parent);
        if (inode == null || !inode.isDirectory) {
            throw new NoSuchFileException(path.toString(), null, "its directory does not exist");
        }
        return inode;
    }

    private static long sizeOf(SimInode inode) {
        long bytes = inode.size();
        for (SimInode each : inode.entries.values()) {
            bytes += sizeOf(each);
        }
        return bytes;
    }

    private static void forEachInode(SimInode at, Consumer<SimInode> action) {
        action.accept(at);
        at.entries.values().forEach(each -> forEachInode(each, action));
    }

    private static void forEachDurableInode(SimInode at, Consumer<SimInode> action) {
        action.accept(at);
        at.durableEntries.values().forEach(each -> forEachDurableInode(each, action));
    }

    private static String nameOf(Path path) {
        return String.valueOf(normal(path).getFileName());
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
