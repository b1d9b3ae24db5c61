package io.daybook.broker.group.assignor;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Set;

/**
 * Gives everybody as many partitions as everybody else, and lets members keep what they have as far as that allows. Where
 * members subscribe to different topics: no partition could move to a member that has two or more partitions less than
 * its owner.
 */
final class UniformAssignor implements PartitionAssignor {
    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public Map<String, Map<Uuid, Set<Integer>>> assign(AssignmentTask task) {
        UniformAssignment assignment = new UniformAssignment(task);
        assignment.keepWhatIsAssigned();
        assignment.assignTheRest();
        assignment.balance();
        return assignment.result();
    }
}
