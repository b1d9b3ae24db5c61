package io.daybook.server.bootstrap;

import io.daybook.runtime.Disk;
import io.daybook.runtime.FileSystemDisk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import io.daybook.server.net.Transport;

/**
 * What a server takes from the machine it runs on.
 *
 * @param disk where its files are
 * @param ticker where time comes from
 * @param random where chance comes from
 * @param transport how its sockets are driven
 * @param isDaemon whether the process may end while the server runs
 */
public record ServerPlatform(
        Disk disk, Ticker ticker, RandomSource random, Transport.Kind transport, boolean isDaemon) {
    /** This machine, for a process that is the server. */
    public static ServerPlatform ofProcess() {
        return new ServerPlatform(
                new FileSystemDisk(), Ticker.system(), RandomSource.system(), Transport.Kind.NIO, false);
    }

    /** This machine, for a server inside another program, on the given disk. */
    public static ServerPlatform embedded(Disk disk) {
        return new ServerPlatform(disk, Ticker.system(), RandomSource.system(), Transport.Kind.NIO, true);
    }
}
