package io.daybook.server.bootstrap;

import io.daybook.broker.Broker;
import io.daybook.broker.BrokerSeams;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.log.LogEngine;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.LogSeams;
import io.daybook.metadata.EmbeddedMetadataStore;
import io.daybook.metadata.MetadataStore;
import io.daybook.runtime.OpenFileLimit;
import io.daybook.runtime.Shard;
import io.daybook.runtime.ThreadWorker;
import io.daybook.runtime.Worker;
import io.daybook.server.api.ApiTable;
import io.daybook.server.config.ServerConfig;
import io.daybook.server.net.NetServer;
import io.daybook.server.net.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server: every part, started in order and stopped in the reverse. Safe for use by any thread. */
public final class DaybookServer {
    private static final Logger log = LoggerFactory.getLogger(DaybookServer.class);
    private static final long DRAIN_TIMEOUT_MS = 10_000;
    /** A log may hold several segments open; connections need files too. */
    private static final int OPEN_FILES_PER_LOG = 4;

    private static final int INBOX_TASKS = 10_000;
    private static final int MAX_DEFAULT_EVENT_LOOPS = 8;
    private static final String METADATA_DIRECTORY = "__daybook_metadata";

    private final ServerConfig config;
    private final ServerPlatform platform;
    private final List<ThreadWorker> workers = new CopyOnWriteArrayList<>();
    /** How to stop what was started so far; the last one first. */
    private final List<Supplier<CompletableFuture<Void>>> stops = new ArrayList<>();

    private List<BoundListener> listeners = List.of();
    private @Nullable Broker broker;

    private DaybookServer(ServerConfig config, ServerPlatform platform) {
        this.config = config;
        this.platform = platform;
    }

    /**
     * Starts a server; blocks for what must be read from disk before anything else. Completes when clients are served, or
     * fails with a {@link StartException}, and then nothing of it is left.
     */
    public static CompletableFuture<DaybookServer> start(ServerConfig config, ServerPlatform platform) {
        DaybookServer server = new DaybookServer(config, platform);
        CompletableFuture<DaybookServer> started = new CompletableFuture<>();
        server.assemble().whenComplete((done, failure) -> {
            if (failure == null) {
                started.complete(server);
            } else {
                StartException shown = Outcome.asStartException(failure);
                server.close().whenComplete((closed, ignored) -> started.completeExceptionally(shown));
            }
        });
        return started;
    }

    /** Where it listens. */
    public List<BoundListener> listeners() {
        return listeners;
    }

    /** The services, for those who are in the same process. Once it has started. */
    public Broker broker() {
        return Objects.requireNonNull(broker, "not started");
    }

    /**
     * Stops in order: what was asked is answered, what was appended is synced, and the mark of a clean stop is left.
     * Completes when nothing of the server is left; a part that fails to stop does not keep the others from it.
     */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = CompletableFuture.completedFuture(null);
        List<Supplier<CompletableFuture<Void>>> reversed = new ArrayList<>(stops);
        stops.clear();
        for (int i = reversed.size() - 1; i >= 0; i--) {
            Supplier<CompletableFuture<Void>> stop = reversed.get(i);
            closed = closed.thenCompose(before -> stop.get()).exceptionally(failure -> {
                log.atError().setCause(failure).log("a part of the server did not stop in order");
                return null;
            });
        }
        return closed;
    }

    private CompletableFuture<Void> assemble() {
        try {
            Transport transport = new Transport(new Transport.Plan(
                    platform.transport(), eventLoops(config), INBOX_TASKS, platform.isDaemon(), "daybook-loop-"));
            stops.add(transport::close);
            stops.add(this::stopWorkers);
            MetadataStore metadata = openMetadata(transport.shards().get(0));
            stops.add(metadata::close);
            return startEngine(metadata)
                    .thenCompose(engine -> startBroker(transport, metadata, engine))
                    .thenCompose(broker -> listen(transport, broker, metadata));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(Outcome.asStartException(e));
        }
    }

    private MetadataStore openMetadata(Shard metadataShard) throws IOException {
        Path directory = config.broker()
                .find(BrokerConfigKeys.METADATA_DIR)
                .map(Path::of)
                .orElse(config.logDirs().get(0).resolve(METADATA_DIRECTORY));
        return EmbeddedMetadataStore.open(
                platform.disk(),
                directory,
                metadataShard,
                worker("metadata"),
                platform.random().nextUuid());
    }

    private CompletableFuture<LogEngine> startEngine(MetadataStore metadata) {
        BrokerConfig broker = config.broker();
        LogEngineConfig defaults = LogEngineConfig.of(
                config.logDirs(), metadata.image().clusterId(), broker.get(BrokerConfigKeys.NODE_ID));
        LogEngineConfig engineConfig = new LogEngineConfig(
                defaults.logDirs(),
                defaults.clusterId(),
                defaults.nodeId(),
                broker.get(BrokerConfigKeys.PRODUCER_ID_EXPIRATION_MS),
                defaults.checkpointIntervalMs(),
                defaults.idleFileCloseMs(),
                OpenFileLimit.ofProcess() / OPEN_FILES_PER_LOG,
                defaults.hotBytes(),
                defaults.journal());
        LogSeams seams = new LogSeams(platform.disk(), platform.ticker(), platform.random(), this::worker);
        return LogEngine.start(engineConfig, seams).thenApply(engine -> {
            stops.add(engine::close);
            return engine;
        });
    }

    private CompletionStage<Broker> startBroker(Transport transport, MetadataStore metadata, LogEngine engine) {
        List<Shard> shards = transport.shards();
        Broker broker = new Broker(new BrokerSeams(
                shards,
                shards.get(0),
                platform.ticker(),
                platform.random(),
                metadata,
                engine,
                worker("background"),
                LiveConfig.following(metadata, config.broker())));
        stops.add(broker::close);
        this.broker = broker;
        return broker.start().thenApply(started -> broker);
    }

    private CompletableFuture<Void> listen(Transport transport, Broker broker, MetadataStore metadata) {
        ApiTable apis = new Handlers(config, broker, metadata).table();
        NetServer net = new NetServer(transport, NetSettingsOf.config(config), apis, platform.ticker());
        net.limit(NetSettingsOf.connections(broker.config()));
        broker.liveConfig().onChange(changed -> net.limit(NetSettingsOf.connections(changed)));
        int beforeBroker = stops.size() - 1;
        stops.add(beforeBroker, net::close);
        stops.add(() -> net.drain(DRAIN_TIMEOUT_MS));
        return new Listening(net).open(config.listeners()).thenAccept(bound -> listeners = bound);
    }

    private Worker worker(String name) {
        ThreadWorker worker = new ThreadWorker("daybook-" + name);
        workers.add(worker);
        return worker;
    }

    private CompletableFuture<Void> stopWorkers() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[workers.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = workers.get(i).stop();
        }
        return CompletableFuture.allOf(all);
    }

    private static int eventLoops(ServerConfig config) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (config.values().containsKey(BrokerConfigKeys.NUM_NETWORK_THREADS.name())) {
            return Math.min(config.broker().get(BrokerConfigKeys.NUM_NETWORK_THREADS), 2 * processors);
        }
        return Math.min(processors, MAX_DEFAULT_EVENT_LOOPS);
    }
}
