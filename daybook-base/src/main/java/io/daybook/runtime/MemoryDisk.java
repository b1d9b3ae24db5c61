package io.daybook.runtime;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A file system in memory, gone with the process. Syncing costs nothing and promises nothing. */
public final class MemoryDisk implements Disk {
    private final TreeMap<Path, MemoryFile> files = new TreeMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Path> locks = new HashSet<>();

    /** Empty. */
    public MemoryDisk() {}

    @Override
    public synchronized DiskFile open(Path path, Mode mode) throws IOException {
        Path key = keyOf(path);
        MemoryFile file = files.get(key);
        if (file == null) {
            if (mode == Mode.READ) {
                throw new NoSuchFileException(path.toString());
            }
            if (!isDirectory(parentOf(key))) {
                throw new NoSuchFileException(path.toString(), null, "its directory does not exist");
            }
            file = new MemoryFile(path.toString());
            files.put(key, file);
        } else if (mode == Mode.CREATE_NEW) {
            throw new FileAlreadyExistsException(path.toString());
        }
        DiskFile opened = file.opened(mode != Mode.READ);
        return mode == Mode.WRITE_BLOCKS ? new BlockFile(opened) : opened;
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        Path key = keyOf(directory);
        if (!isDirectory(key)) {
            throw files.containsKey(key)
                    ? new NotDirectoryException(directory.toString())
                    : new NoSuchFileException(directory.toString());
        }
        List<String> names = new ArrayList<>();
        for (Path each : files.tailMap(key).keySet()) {
            if (!each.startsWith(key)) {
                break;
            }
            addChild(names, key, each);
        }
        directories.forEach(each -> addChild(names, key, each));
        return names;
    }

    @Override
    public synchronized boolean exists(Path path) {
        return files.containsKey(keyOf(path)) || isDirectory(path);
    }

    @Override
    public synchronized boolean isDirectory(Path path) {
        Path key = keyOf(path);
        return key.getParent() == null || directories.contains(key);
    }

    @Override
    public synchronized void createDirectories(Path directory) throws IOException {
        for (Path each = keyOf(directory); each.getParent() != null; each = parentOf(each)) {
            if (files.containsKey(each)) {
                throw new FileAlreadyExistsException(each.toString());
            }
            directories.add(each);
        }
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        if (!isDirectory(parentOf(keyOf(directory)))) {
            throw new NoSuchFileException(directory.toString(), null, "its directory does not exist");
        }
        createDirectories(directory);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        Path source = keyOf(from);
        Path target = keyOf(to);
        if (!isDirectory(parentOf(target))) {
            throw new NoSuchFileException(to.toString(), null, "its directory does not exist");
        }
        MemoryFile file = files.remove(source);
        if (file != null) {
            files.put(target, file);
        } else if (directories.contains(source)) {
            renameDirectory(source, target);
        } else {
            throw new NoSuchFileException(from.toString());
        }
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        Path key = keyOf(path);
        if (files.remove(key) != null) {
            return;
        }
        if (!directories.contains(key)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!list(key).isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        directories.remove(key);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (!isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public long usableBytes(Path path) {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    @Override
    public long totalBytes(Path path) {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public synchronized Optional<DiskLock> tryLock(Path path) throws IOException {
        open(path, Mode.READ_WRITE).close();
        Path key = keyOf(path);
        if (!locks.add(key)) {
            return Optional.empty();
        }
        return Optional.of(() -> unlock(key));
    }

    private synchronized void unlock(Path key) {
        locks.remove(key);
    }

    private void renameDirectory(Path source, Path target) throws IOException {
        if (target.startsWith(source) && !target.equals(source)) {
            throw new IOException(source + " cannot be moved into itself");
        }
        if (files.containsKey(target)
                || (directories.contains(target) && !list(target).isEmpty())) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Map<Path, MemoryFile> moved = new TreeMap<>();
        files.entrySet().removeIf(each -> {
            boolean isInside = each.getKey().startsWith(source);
            if (isInside) {
                moved.put(target.resolve(source.relativize(each.getKey())), each.getValue());
            }
            return isInside;
        });
        files.putAll(moved);
        Set<Path> movedDirectories = new HashSet<>();
        directories.removeIf(each -> each.startsWith(source) && movedDirectories.add(each));
        movedDirectories.forEach(
                each -> directories.add(each.equals(source) ? target : target.resolve(source.relativize(each))));
    }

    private static void addChild(List<String> names, Path directory, Path candidate) {
        if (directory.equals(candidate.getParent())) {
            names.add(String.valueOf(candidate.getFileName()));
        }
    }

    private static Path keyOf(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Path parentOf(Path key) {
        Path parent = key.getParent();
        return parent == null ? key : parent;
    }
}
