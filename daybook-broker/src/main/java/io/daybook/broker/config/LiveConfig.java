package io.daybook.broker.config;

import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.MetadataStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The configuration that holds at the moment: follows what is changed in the metadata. {@link #current()} may be called
 * by any thread, and is worth calling again for every decision; the rest belongs to the metadata shard.
 */
public final class LiveConfig {
    private final ConfigResource broker;
    private final List<Consumer<BrokerConfig>> listeners = new ArrayList<>();
    private volatile BrokerConfig current;

    private LiveConfig(BrokerConfig start) {
        this.broker = ConfigResource.broker(start.get(BrokerConfigKeys.NODE_ID));
        this.current = start;
    }

    /** Follows a store, from what is in it already. Before anything is committed to it. */
    public static LiveConfig following(MetadataStore store, BrokerConfig start) {
        LiveConfig config = new LiveConfig(start);
        config.apply(store.image());
        store.listen(config::onCommit);
        return config;
    }

    /** One that does not change. */
    public static LiveConfig fixed(BrokerConfig config) {
        return new LiveConfig(config);
    }

    /** What holds now. */
    public BrokerConfig current() {
        return current;
    }

    /** Adds somebody to be told, on the metadata shard, when something changed. Before anything is committed. */
    public void onChange(Consumer<BrokerConfig> listener) {
        listeners.add(listener);
    }

    private void onCommit(MetadataImage before, MetadataImage after, List<MetadataChange> changes) {
        if (changes.stream().anyMatch(this::concernsBroker)) {
            apply(after);
            for (Consumer<BrokerConfig> listener : listeners) {
                listener.accept(current);
            }
        }
    }

    private boolean concernsBroker(MetadataChange change) {
        if (!(change instanceof MetadataChange.ConfigSet)) {
            return false;
        }
        ConfigResource resource = ((MetadataChange.ConfigSet) change).resource();
        return resource.equals(broker) || resource.equals(ConfigResource.ALL_BROKERS);
    }

    private void apply(MetadataImage image) {
        current = current.withDynamic(image.configs(ConfigResource.ALL_BROKERS), image.configs(broker));
    }
}
