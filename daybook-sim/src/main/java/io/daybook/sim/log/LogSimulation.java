package io.daybook.sim.log;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.LogTask;
import io.daybook.broker.partition.Partition;
import io.daybook.log.PartitionLog;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.Disk;
import io.daybook.runtime.RandomSource;
import io.daybook.sim.SimScheduler;
import io.daybook.sim.SimulationFailure;
import io.daybook.sim.Trace;
import io.daybook.sim.disk.DriveFaults;
import io.daybook.sim.disk.SimDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A broker's partitions through several lives: clients produce, consume and delete, drives are slow, full or fail, the
 * clock jumps, and each life ends by a stop, a kill or a power loss, which may come at any operation of a disk.
 */
public final class LogSimulation {
    private static final int MAX_STEPS = 300_000;

    private final RandomSource random;
    private final Trace trace;
    private final SimScheduler scheduler;
    private final SimDisk disk;
    private final Disk brokersDisk;
    private final Scenario scenario;
    private final List<SimulatedPartition> partitions = new ArrayList<>();
    private final List<DriveFaults> drives = new ArrayList<>();
    private final PassingTopic passing;
    private long nextProducerId;
    private boolean hasLostPower;
    private boolean wasClean;
    private boolean isFull;

    private LogSimulation(long seed, UnaryOperator<Disk> planted, int tracedLines) {
        RandomSource seeds = RandomSource.seeded(seed);
        this.random = RandomSource.seeded(seeds.nextLong());
        this.trace = new Trace(tracedLines);
        this.scheduler = new SimScheduler(RandomSource.seeded(seeds.nextLong()), trace);
        this.disk = new SimDisk(scheduler, RandomSource.seeded(seeds.nextLong()));
        this.brokersDisk = planted.apply(disk);
        this.scenario = new Scenario(random);
        this.passing = new PassingTopic(scenario);
        for (Path each : scenario.logDirs()) {
            drives.add(disk.addDrive(each));
        }
        for (TopicImage topic : scenario.topics()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                partitions.add(newPartition(topic, i));
            }
        }
    }

    /** Runs the simulation of a seed. */
    public static SimulationResult run(long seed) {
        return run(seed, disk -> disk, 0);
    }

    /**
     * Runs the simulation of a seed.
     *
     * @param planted what the broker gets instead of the disk: a bug to be found
     * @param tracedLines how many lines of what happened last are kept
     */
    public static SimulationResult run(long seed, UnaryOperator<Disk> planted, int tracedLines) {
        LogSimulation simulation = new LogSimulation(seed, planted, tracedLines);
        try {
            simulation.runLives();
            return SimulationResult.passed(seed, simulation.trace);
        } catch (SimulationFailure found) {
            return SimulationResult.failed(seed, simulation.trace, found);
        }
    }

    private SimulatedPartition newPartition(TopicImage topic, int number) {
        String name = topic.name() + "-" + number;
        PartitionModel model =
                new PartitionModel(name, scenario.isSynced(topic), scenario.expires(topic), scheduler::report);
        List<ProducerClient> producers = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            producers.add(new ProducerClient(name, model, nextProducerId++, random, scenario.maxValueBytes()));
        }
        producers.add(new ProducerClient(name, model, -1 - nextProducerId++, random, scenario.maxValueBytes()));
        List<ConsumerClient> consumers = List.of(new ConsumerClient(model, random));
        return new SimulatedPartition(topic.partition(number), model, producers, consumers);
    }

    private void runLives() {
        for (int life = 0; life < scenario.lifeCount(); life++) {
            if (life > 0 || random.nextInt(4) == 0) {
                plantCrash();
            }
            live(life);
        }
        live(scenario.lifeCount());
    }

    private void plantCrash() {
        if (random.nextInt(4) == 0) {
            disk.crashInSync(random.nextInt(80));
        } else if (random.nextInt(2) == 0) {
            disk.crashAfter(random.nextInt(random.nextInt(3) == 0 ? 100 : 1500));
        }
    }

    private void live(int life) {
        BrokerLife broker = new BrokerLife(scheduler, scenario, random);
        boolean isLast = life == scenario.lifeCount();
        if (!isLast) {
            plantFaults();
        }
        note("life " + life + " begins");
        boolean isUp = broker.start(brokersDisk, life, this::hasFault);
        if (isUp) {
            passing.started(broker);
            verify(broker);
        }
        if (isUp && !scheduler.isHalted()) {
            hasLostPower = false;
            wasClean = false;
            int operations = isLast ? 30 : 20 + random.nextInt(150);
            for (int i = 0; i < operations && !scheduler.isHalted(); i++) {
                act(broker);
                runSome();
            }
            end(broker, isLast);
        }
        restart();
    }

    private void plantFaults() {
        for (DriveFaults each : drives) {
            each.setSlowSyncPercent(random.nextInt(3) == 0 ? random.nextInt(30) : 0);
            if (random.nextInt(12) == 0) {
                each.failAfterSyncs(random.nextInt(60));
            }
        }
        if (random.nextInt(10) == 0) {
            int drive = random.nextInt(drives.size());
            drives.get(drive).setCapacityBytes(disk.usedBytes(scenario.logDirs().get(drive)) + random.nextInt(20_000));
            isFull = true;
        }
    }

    private boolean hasFault() {
        return isFull || drives.stream().anyMatch(DriveFaults::hasFailed);
    }

    private void act(BrokerLife broker) {
        SimulatedPartition chosen = partitions.get(random.nextInt(partitions.size()));
        Partition partition = broker.partition(chosen.id());
        ProducerClient producer =
                chosen.producers().get(random.nextInt(chosen.producers().size()));
        if (!hasFault()) {
            passing.look(broker);
        }
        int dice = random.nextInt(106);
        if (dice < 60) {
            for (int i = random.nextInt(6) == 0 ? 5 : 1; i > 0; i--) {
                producer.send(
                        partition, isDriveFailed(chosen), scheduler.ticker().wallMs());
            }
        } else if (dice < 63) {
            producer.disconnect();
        } else if (dice < 88) {
            chosen.consumers().forEach(each -> each.poll(partition));
        } else if (dice < 91) {
            deleteRecords(chosen, partition);
        } else if (dice < 94) {
            applyRetention(partition);
        } else if (dice < 97) {
            scheduler.advanceNanos(random.nextInt(600) * 1_000_000_000L);
        } else if (dice < 100) {
            scheduler.jumpWallMs(random.nextInt(1_200_000) - 600_000);
        } else {
            createOrDelete(broker);
        }
    }

    private void createOrDelete(BrokerLife broker) {
        if (!passing.isPresent()) {
            TopicImage created = passing.create(broker, random.nextUuid());
            partitions.add(newPartition(created, 0));
            return;
        }
        TopicImage deleted = passing.delete(broker);
        for (SimulatedPartition each : List.copyOf(partitions)) {
            if (each.id().topicId().equals(deleted.id())) {
                each.producers().forEach(ProducerClient::disconnect);
                partitions.remove(each);
            }
        }
    }

    private boolean isDriveFailed(SimulatedPartition partition) {
        for (int i = 0; i < drives.size(); i++) {
            Path directory = scenario.logDirs().get(i).resolve(partition.id().toString());
            if (disk.exists(directory) && drives.get(i).hasFailed()) {
                return true;
            }
        }
        return false;
    }

    private void deleteRecords(SimulatedPartition chosen, Partition partition) {
        withLog(partition, log -> {
            int range = (int) Math.min(1000, log.durableOffset() - log.startOffset() + 1);
            long offset = log.startOffset() + random.nextInt(Math.max(1, range));
            chosen.model().deletionRequested(offset);
            log.deleteRecordsBefore(offset)
                    .thenAccept(start -> start.ifPresent(any -> chosen.model().deletedBelow(offset)));
        });
    }

    private void applyRetention(Partition partition) {
        withLog(partition, PartitionLog::applyRetention);
    }

    private static void withLog(Partition partition, Consumer<PartitionLog> task) {
        partition
                .shard()
                .post(() -> partition.withLog(new LogTask() {
                    @Override
                    public void run(PartitionLog log) {
                        task.accept(log);
                    }

                    @Override
                    public void refuse(ErrorCode code, String reason) {
                        // a failed drive refuses; the model expects nothing of it
                    }
                }));
    }

    private void runSome() {
        int most = random.nextInt(3) == 0 ? 40 : 4;
        for (int steps = random.nextInt(most); steps > 0 && scheduler.step(); steps--) {
            scheduler.checkNothingFailed();
        }
        scheduler.checkNothingFailed();
    }

    private void verify(BrokerLife broker) {
        List<FullRead> reads = new ArrayList<>();
        for (SimulatedPartition each : partitions) {
            FullRead read = new FullRead(broker.partition(each.id()), each.model());
            reads.add(read);
            read.start();
        }
        scheduler.runUntil(() -> reads.stream().allMatch(FullRead::isDone), MAX_STEPS, "all partitions are read");
        scheduler.checkNothingFailed();
        for (int i = 0; i < reads.size() && !scheduler.isHalted(); i++) {
            FullRead read = reads.get(i);
            if (!read.outcome().isNone() && !hasFault()) {
                throw new SimulationFailure(partitions.get(i).id() + " cannot be read: " + read.outcome());
            }
            if (wasClean && read.outcome().isNone() && !read.wasClean()) {
                throw new SimulationFailure(partitions.get(i).id() + " was recovered after a stop in order");
            }
        }
    }

    private void end(BrokerLife broker, boolean isLast) {
        if (scheduler.isHalted() || hasFault() || (!isLast && random.nextInt(3) > 0)) {
            return;
        }
        for (SimulatedPartition each : partitions) {
            if (random.nextInt(3) == 0) {
                each.producers().forEach(ProducerClient::disconnect);
            }
        }
        scheduler.runUntil(() -> hasFault() || openCount() == 0, MAX_STEPS, "all clients have their answers");
        scheduler.checkNothingFailed();
        if (!hasFault() && !scheduler.isHalted()) {
            verify(broker);
        }
        if (!hasFault() && !scheduler.isHalted()) {
            note("stop");
            wasClean = broker.stop() && !hasFault();
        }
    }

    private int openCount() {
        int count = 0;
        for (SimulatedPartition each : partitions) {
            for (ProducerClient producer : each.producers()) {
                count += producer.openCount();
            }
        }
        return count;
    }

    private void restart() {
        scheduler.clear();
        boolean isKill = !drives.stream().anyMatch(DriveFaults::hasFailed) && random.nextInt(3) == 0;
        note(isKill ? "kill" : "power loss");
        if (isKill) {
            disk.restartAfterKill();
        } else {
            disk.restartAfterPowerLoss();
            hasLostPower = true;
            wasClean = false;
        }
        drives.forEach(DriveFaults::repair);
        drives.forEach(each -> each.setCapacityBytes(Long.MAX_VALUE));
        isFull = false;
        for (SimulatedPartition each : partitions) {
            if (!isKill) {
                each.model().lostPower();
            }
            for (ProducerClient producer : each.producers()) {
                producer.disconnect();
                if (hasLostPower && !each.model().isSynced()) {
                    producer.startAnew(nextProducerId++);
                }
            }
            each.consumers().forEach(ConsumerClient::reconnect);
        }
    }

    private void note(String what) {
        trace.add(scheduler.nowNanos(), what.hashCode(), () -> "=== " + what);
    }
}
