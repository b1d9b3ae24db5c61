package io.daybook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the two brokers: how its directory is prepared and how it is started. */
enum Contestant {
    /** The launcher of this checkout, with the flags that users get. */
    DAYBOOK {
        @Override
        void prepare(Setup setup, Path directory, int port) {
            // An empty directory is all it needs.
        }

        @Override
        List<String> command(Setup setup, Path directory, int port) {
            return List.of(
                    setup.home().resolve("daybook").toString(),
                    "server",
                    "--data",
                    directory.resolve("data").toString(),
                    "--listen",
                    "127.0.0.1:" + port,
                    "--set",
                    "num.partitions=1");
        }
    },

    /** Apache Kafka from Maven Central, one node in KRaft mode, with the flags of its distribution's scripts. */
    KAFKA {
        @Override
        void prepare(Setup setup, Path directory, int port) throws IOException, InterruptedException {
            Path properties = directory.resolve("server.properties");
            Files.writeString(properties, """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%d
                    listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                    log.dirs=%s
                    num.partitions=1
                    offsets.topic.replication.factor=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    """.formatted(port + 1, port, port + 1, directory.resolve("data")));
            List<String> format = kafkaJava(setup, List.of("-Xmx256m"));
            format.addAll(List.of(
                    "kafka.tools.StorageTool", "format", "-t", "bench-bench-bench-bench", "-c", properties.toString()));
            Process process = new ProcessBuilder(format)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("format.log").toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        "Kafka's storage format failed: " + Files.readString(directory.resolve("format.log")));
            }
        }

        @Override
        List<String> command(Setup setup, Path directory, int port) {
            List<String> command = kafkaJava(setup, KAFKA_FLAGS);
            command.addAll(List.of(
                    "kafka.Kafka", directory.resolve("server.properties").toString()));
            return command;
        }
    };

    /** kafka-server-start.sh and kafka-run-class.sh of the distribution. */
    private static final List<String> KAFKA_FLAGS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true");

    /**
     * Where things are.
     *
     * @param home the checkout
     * @param javaHome the JDK for both
     * @param kafkaClassPath Apache Kafka and what it needs
     * @param workDirectory on the drive that is measured
     */
    record Setup(Path home, Path javaHome, String kafkaClassPath, Path workDirectory) {}

    /** Makes what the broker expects to find before its first start. */
    abstract void prepare(Setup setup, Path directory, int port) throws IOException, InterruptedException;

    /** What is run. */
    abstract List<String> command(Setup setup, Path directory, int port);

    /** Starts the broker on a directory that was prepared; again on the same directory is a restart. */
    BrokerProcess start(Setup setup, Path directory, int port) throws IOException {
        Map<String, String> environment = Map.of("JAVA_HOME", setup.javaHome().toString());
        return BrokerProcess.start(command(setup, directory, port), environment, port, directory.resolve("broker.log"));
    }

    private static List<String> kafkaJava(Setup setup, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(setup.javaHome().resolve("bin/java").toString());
        command.addAll(flags);
        command.add("-Dlog4j2.configurationFile=" + setup.home().resolve("bench/kafka-log4j2.properties"));
        command.add("-cp");
        command.add(setup.kafkaClassPath());
        return command;
    }
}
