package io.daybook.broker.group.assignor;

import io.daybook.base.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Assigns every partition of every subscribed topic to exactly one of the members that subscribe to it. */
public interface PartitionAssignor {
    /** All that there are. */
    List<PartitionAssignor> ALL = List.of(new UniformAssignor(), new RangeAssignor());

    /** The assignor of this name, if there is one. */
    static Optional<PartitionAssignor> find(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Kafka's name for it. */
    String name();

    /** The partitions by topic for every member of the task; the same for the same task. */
    Map<String, Map<Uuid, Set<Integer>>> assign(AssignmentTask task);
}
