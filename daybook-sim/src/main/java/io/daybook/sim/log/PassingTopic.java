package io.daybook.sim.log;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.metadata.TopicImage;
import io.daybook.sim.SimulationFailure;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Topics of one partition that come and go, one at a time, each under a new name. What is gone must stay away. */
final class PassingTopic {
    private final Scenario scenario;
    private final Set<TopicImage> going = new LinkedHashSet<>();
    private final Set<TopicPartition> gone = new HashSet<>();
    private @Nullable TopicImage present;
    private int nextNumber;

    PassingTopic(Scenario scenario) {
        this.scenario = scenario;
    }

    boolean isPresent() {
        return present != null;
    }

    /** A topic begins; its partition is served when this returns, unless the machine stopped. */
    TopicImage create(BrokerLife broker, Uuid id) {
        TopicImage created = new TopicImage("passing" + nextNumber++, id, 1, 0, Map.of());
        present = created;
        scenario.addTopic(created);
        broker.create(created);
        return created;
    }

    /** The topic ends; its files go after a while. */
    TopicImage delete(BrokerLife broker) {
        TopicImage deleted = present;
        if (deleted == null) {
            throw new IllegalStateException("there is none");
        }
        present = null;
        scenario.removeTopic(deleted);
        broker.delete(deleted);
        going.add(deleted);
        return deleted;
    }

    /** Looks which deletions are done for good. Not while a drive is full, since one that is does not promise that. */
    void look(BrokerLife broker) {
        if (!going.isEmpty()) {
            List<TopicPartition> stored = broker.stored();
            for (TopicImage each : List.copyOf(going)) {
                TopicPartition partition = each.partition(0).topicPartition();
                if (!broker.isTopic(each.id()) && !stored.contains(partition)) {
                    going.remove(each);
                    gone.add(partition);
                }
            }
        }
    }

    /** After a start: what was gone is gone, and of what was under way nothing is known. */
    void started(BrokerLife broker) {
        going.clear();
        for (TopicPartition each : broker.stored()) {
            if (gone.contains(each)) {
                throw new SimulationFailure("the deleted partition " + each + " is there again");
            }
        }
    }
}
