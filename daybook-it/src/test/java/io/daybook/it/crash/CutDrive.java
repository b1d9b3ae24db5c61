package io.daybook.it.crash;

import io.daybook.it.fixture.DaybookProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ext4 file system in an image file on a loop device, which can lose its power: the shutdown ioctl of the file system
 * stops all I/O at once without flushing anything, and what had not reached the image is gone. Needs root, ext4 tools and
 * perl.
 */
final class CutDrive implements AutoCloseable {
    /**
     * Kills the process, if there is one, and in the next instant {@code EXT4_IOC_SHUTDOWN} with {@code
     * EXT4_GOING_FLAGS_NOLOGFLUSH}: not even the journal is written.
     */
    private static final String SHUTDOWN =
            "my ($path, @pids) = @ARGV; open(my $drive, '<', $path) or die $!; my $flags = pack('L', 2);"
                    + " kill('KILL', @pids) == @pids or die $!; ioctl($drive, 0x8004587d, $flags) or die $!;";

    private final Path image;
    private final Path mountPoint;

    private CutDrive(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /** Why it cannot be used here, or empty. */
    static String unavailable() {
        if (!System.getProperty("user.name").equals("root")) {
            return "power loss needs root for loop devices";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "there are no loop devices here";
        }
        for (String tool : List.of("/sbin/mkfs.ext4", "/bin/mount", "/usr/bin/perl")) {
            if (!Files.exists(Path.of(tool))) {
                return "there is no " + tool + " here";
            }
        }
        return "";
    }

    /** Makes the image and mounts it. */
    static CutDrive create(Path directory, long sizeBytes) throws IOException, InterruptedException {
        Path image = directory.resolve("drive.img");
        Path mountPoint = Files.createDirectory(directory.resolve("drive"));
        run("truncate", "-s", Long.toString(sizeBytes), image.toString());
        run("/sbin/mkfs.ext4", "-q", "-F", image.toString());
        CutDrive drive = new CutDrive(image, mountPoint);
        drive.mount();
        return drive;
    }

    Path path() {
        return mountPoint;
    }

    /** From now on nothing written to it is kept. */
    void cutPower() throws IOException, InterruptedException {
        run("perl", "-e", SHUTDOWN, mountPoint.toString());
    }

    /**
     * Cuts the power of the drive and of the machine that the process runs on: it dies with its writes and syncs under way,
     * and gets no word out about them. A sync that the cut overtakes may return success although its file is not on the
     * drive (an aborted commit of the file system counts as one that is over), so whoever was alive a moment longer would
     * tell others of it.
     */
    void cutPowerUnder(DaybookProcess process) throws IOException, InterruptedException {
        run("perl", "-e", SHUTDOWN, mountPoint.toString(), Long.toString(process.pid()));
    }

    /** Brings back what had reached the image. No process may have files open on it. */
    void powerOn() throws IOException, InterruptedException {
        run("umount", mountPoint.toString());
        mount();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", mountPoint.toString());
    }

    private void mount() throws IOException, InterruptedException {
        run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output.strip());
        }
    }
}
