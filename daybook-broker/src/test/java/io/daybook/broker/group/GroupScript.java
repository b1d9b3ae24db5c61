package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Runs the steps of a script against a broker's groups on a shard, a clock and a disk of its own, and writes down what
 * happens. After every step the log is replayed and must give the state that is live.
 *
 * <p>Requests, {@code LABEL: verb key=value ...}: see {@link GroupScriptRequests}. Members whose identity the
 * coordinator makes are written {@code client#n}. Else:
 *
 * <pre>
 * advance MS          time passes
 * restart             the broker stops in order and starts again
 * crash               the machine dies and starts again: what is not durable is lost
 * slow-disk           from now on nothing is durable before sync-disk
 * sync-disk           everything becomes durable
 * fail-disk           the disk fails
 * max-batch N         batches of more than N records are refused
 * topic NAME N        a topic of N partitions is created; {@code t} is there from the beginning
 * topic-gone NAME     the topic is deleted
 * partitions NAME N   the topic has N partitions from now on
 * group-config KEY VALUE   for the group g
 * config KEY=VALUE    one of: delay (of a first rebalance), size (of a group), metadata (of an offset), retention,
 *                     consumer-size (of a group of the consumer protocol), migration (policy)
 * </pre>
 */
final class GroupScript {
    private static final long START_MS = 1_000_000;

    final ManualShard shard = new ManualShard(START_MS);
    final MemoryGroupLog log = new MemoryGroupLog();
    final CountingRandom random = new CountingRandom();
    private final List<String> happened = new ArrayList<>();
    private final GroupScriptRequests requests = new GroupScriptRequests(this);
    private GroupConfig config = GroupConfig.DEFAULTS;
    private boolean topicExists;
    private MetadataImage metadata = MetadataImage.EMPTY;
    private final Map<Uuid, String> topicNames = new HashMap<>();
    private int topics;
    GroupService service;

    GroupScript() {
        log.listen(record -> happened.add("  + " + GroupScriptText.of(record)));
        service = start();
        create("t", 4);
    }

    String run(String script) {
        List<String> transcript = new ArrayList<>();
        for (String line : script.split("\n")) {
            if (line.startsWith(" ")) {
                continue;
            }
            transcript.add(line);
            if (!line.isBlank() && !line.startsWith("#")) {
                step(line);
                happened.forEach(each -> transcript.add(named(random.shorten(each))));
                happened.clear();
            }
        }
        return String.join("\n", transcript);
    }

    void step(String line) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
            requests.send(line.substring(0, colon), Step.parse(line.substring(colon + 2)));
        } else {
            environment(line.split(" "));
        }
        shard.drain();
        checkThatTheLogGivesTheLiveState();
    }

    /** Notes the answer when it comes. */
    <T> void expect(String label, CompletableFuture<T> answer, Function<T, String> text) {
        answer.whenComplete((value, failure) ->
                happened.add("  " + label + ": " + (failure == null ? text.apply(value) : failure.toString())));
    }

    MetadataImage metadata() {
        return metadata;
    }

    private String named(String text) {
        String named = text;
        for (Map.Entry<Uuid, String> each : topicNames.entrySet()) {
            named = named.replace(each.getKey().toString(), each.getValue());
        }
        return named;
    }

    private void environment(String[] words) {
        switch (words[0]) {
            case "advance" -> shard.advance(Long.parseLong(words[1]));
            case "restart" -> {
                log.sync();
                restart();
            }
            case "crash" -> restart();
            case "slow-disk" -> log.becomeSlow();
            case "sync-disk" -> shard.post(log::sync);
            case "fail-disk" -> shard.post(log::fail);
            case "max-batch" -> log.refuseBatchesAbove(Integer.parseInt(words[1]));
            case "topic" -> create(words[1], Integer.parseInt(words[2]));
            case "partitions" ->
                change(new MetadataChange.PartitionsAdded(
                        metadata.topic(words[1]).orElseThrow().id(), Integer.parseInt(words[2])));
            case "group-config" ->
                change(new MetadataChange.ConfigSet(ConfigResource.group("g"), words[1], Optional.of(words[2])));
            case "topic-gone" ->
                change(new MetadataChange.TopicDeleted(
                        metadata.topic(words[1]).orElseThrow().id(), shard.wallMs()));
            case "config" -> configure(words[1].split("="));
            default -> throw new IllegalArgumentException("no such step: " + String.join(" ", words));
        }
    }

    private void create(String name, int partitionCount) {
        Uuid topicId = new Uuid(1, ++topics);
        topicNames.put(topicId, name);
        change(new MetadataChange.TopicCreated(name, topicId, partitionCount, shard.wallMs(), Map.of()));
    }

    private void change(MetadataChange change) {
        metadata = change.applyTo(metadata);
        service.topicsChanged();
    }

    private void restart() {
        log.crash();
        shard.forgetEverything();
        service = start();
    }

    private GroupService start() {
        GroupPartitions partitions = new GroupPartitions() {
            @Override
            public int count() {
                return topicExists ? 1 : 0;
            }

            @Override
            public CompletableFuture<ErrorCode> ensureTopic() {
                topicExists = true;
                return CompletableFuture.completedFuture(ErrorCode.NONE);
            }

            @Override
            public CompletableFuture<Home> open(int partition) {
                return CompletableFuture.completedFuture(new Home(shard, log));
            }
        };
        GroupService started =
                new GroupService(partitions, new GroupSeams(shard, random, () -> config, () -> metadata));
        started.prepare("any");
        shard.drain();
        return started;
    }

    private void configure(String[] setting) {
        GroupConfig was = config;
        GroupConfig.Consumer consumer = was.consumer();
        if (setting[0].equals("migration")) {
            config = new GroupConfig(
                    was.initialRebalanceDelayMs(),
                    was.minSessionTimeoutMs(),
                    was.maxSessionTimeoutMs(),
                    was.maxSize(),
                    was.offsetMetadataMaxBytes(),
                    was.offsetsRetentionMs(),
                    was.offsetsRetentionCheckIntervalMs(),
                    new GroupConfig.Consumer(
                            consumer.sessionTimeoutMs(),
                            consumer.heartbeatIntervalMs(),
                            consumer.maxSize(),
                            consumer.assignors(),
                            setting[1],
                            consumer.regexRefreshIntervalMs()));
            return;
        }
        int value = Integer.parseInt(setting[1]);
        config = new GroupConfig(
                setting[0].equals("delay") ? value : was.initialRebalanceDelayMs(),
                was.minSessionTimeoutMs(),
                was.maxSessionTimeoutMs(),
                setting[0].equals("size") ? value : was.maxSize(),
                setting[0].equals("metadata") ? value : was.offsetMetadataMaxBytes(),
                setting[0].equals("retention") ? value : was.offsetsRetentionMs(),
                was.offsetsRetentionCheckIntervalMs(),
                new GroupConfig.Consumer(
                        consumer.sessionTimeoutMs(),
                        consumer.heartbeatIntervalMs(),
                        setting[0].equals("consumer-size") ? value : consumer.maxSize(),
                        consumer.assignors(),
                        consumer.migrationPolicy(),
                        consumer.regexRefreshIntervalMs()));
    }

    void checkThatTheLogGivesTheLiveState() {
        GroupState replayed = new GroupState();
        log.records().forEach(replayed::replay);
        service.forEachState(live -> assertThat(GroupScriptText.durable(live, replayed))
                .as("the live state, against a replay of the log")
                .isEqualTo(GroupScriptText.durable(replayed, live)));
    }

    /** A verb and its arguments. */
    record Step(String verb, Map<String, String> arguments) {
        static Step parse(String text) {
            String[] words = text.split(" +");
            Map<String, String> arguments = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                arguments.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
            return new Step(words[0], arguments);
        }

        String text(String key, String otherwise) {
            return CountingRandom.lengthen(arguments.getOrDefault(key, otherwise));
        }

        int number(String key, int otherwise) {
            return arguments.containsKey(key) ? Integer.parseInt(arguments.get(key)) : otherwise;
        }

        boolean has(String key) {
            return arguments.containsKey(key);
        }

        List<String> list(String key, String otherwise) {
            String text = arguments.getOrDefault(key, otherwise);
            return text.isEmpty() ? List.of() : List.of(text.split(","));
        }
    }
}
