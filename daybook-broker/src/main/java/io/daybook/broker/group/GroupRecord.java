package io.daybook.broker.group;

/** One record of {@code __consumer_offsets}, decoded. What a restart finds again is what these records say. */
public sealed interface GroupRecord permits OffsetRecord, ClassicGroupRecord, ConsumerGroupRecord {
    /** The group that the record is about; all records of a group are in one partition. */
    String groupId();

    /** Changes the state as the record says. */
    void applyTo(GroupState state);

    /** The record in Kafka's form. */
    StoredRecord stored();
}
