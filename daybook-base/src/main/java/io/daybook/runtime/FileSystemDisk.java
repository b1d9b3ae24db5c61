package io.daybook.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The file systems of this machine. A full one is told apart: {@link DiskFullException}. */
public final class FileSystemDisk implements Disk {
    /** The kernel divides larger writes anyway. */
    private static final int DIRECT_CHUNK_BYTES = 1 << 20;

    private final ParallelSyncs syncs = new ParallelSyncs();

    /** Without threads until several files are synced at once. */
    public FileSystemDisk() {}

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        if (mode == Mode.WRITE_BLOCKS) {
            return new BlockFile(openBlocks(path));
        }
        return openCached(path, optionsOf(mode));
    }

    private static DiskFile openCached(Path path, Set<OpenOption> options) throws IOException {
        try {
            return new FileSystemFile(path, FileChannel.open(path, options), FileSystemFile.CACHED_CHUNK_BYTES);
        } catch (IOException e) {
            throw FullDisk.orSame(path, e);
        }
    }

    /** Past the page cache if the file system can that with blocks of our size. */
    private static DiskFile openBlocks(Path path) throws IOException {
        Set<OpenOption> options = optionsOf(Mode.WRITE_BLOCKS);
        Optional<OpenOption> direct = direct();
        if (direct.isPresent()) {
            Set<OpenOption> withDirect = new HashSet<>(options);
            withDirect.add(direct.get());
            try {
                if (BLOCK_BYTES % storeOf(path).getBlockSize() == 0) {
                    return openTwice(path, withDirect);
                }
            } catch (IOException | UnsupportedOperationException expected) {
                // tmpfs and some network file systems; anything else fails again
                return openCached(path, options);
            }
        }
        return openCached(path, options);
    }

    /** Once for writes that a sync follows, once for those that end with one. */
    private static DiskFile openTwice(Path path, Set<OpenOption> options) throws IOException {
        FileChannel channel = FileChannel.open(path, options);
        try {
            Set<OpenOption> withSync = new HashSet<>(options);
            withSync.add(StandardOpenOption.DSYNC);
            return new FileSystemFile(path, channel, FileChannel.open(path, withSync), DIRECT_CHUNK_BYTES);
        } catch (IOException | UnsupportedOperationException e) {
            channel.close();
            throw e;
        }
    }

    /** {@code ExtendedOpenOption.DIRECT}, by its name: compilers call the class internal, though its module exports it. */
    private static Optional<OpenOption> direct() {
        try {
            return Stream.of(
                            Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void syncAll(List<DiskFile> files) throws IOException {
        syncs.run(files);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> String.valueOf(each.getFileName())).collect(Collectors.toList());
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path each = directory.toAbsolutePath().normalize();
                each != null && !Files.isDirectory(each);
                each = each.getParent()) {
            missing.add(0, each);
        }
        try {
            for (Path each : missing) {
                Files.createDirectories(each);
                syncDirectory(parentOf(each));
            }
        } catch (IOException e) {
            throw FullDisk.orSame(directory, e);
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        } catch (IOException e) {
            throw FullDisk.orSame(directory, e);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FullDisk.orSame(to, e);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw FullDisk.orSame(directory, e);
        }
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return storeOf(path).getUsableSpace();
    }

    @Override
    public long totalBytes(Path path) throws IOException {
        return storeOf(path).getTotalSpace();
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(channel::close);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException expected) {
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Set<OpenOption> optionsOf(Mode mode) {
        return switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case READ_WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            case WRITE_BLOCKS -> Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            case CREATE_NEW -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        };
    }

    private static FileStore storeOf(Path path) throws IOException {
        Path existing = path.toAbsolutePath().normalize();
        while (!Files.exists(existing)) {
            existing = parentOf(existing);
        }
        return Files.getFileStore(existing);
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
