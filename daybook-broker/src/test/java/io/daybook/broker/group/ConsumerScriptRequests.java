package io.daybook.broker.group;

import io.daybook.base.Uuid;
import io.daybook.broker.group.GroupScript.Step;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The requests of the consumer protocol in a script.
 *
 * <pre>
 * consumer member epoch instance rack client rebalance topics=NAME,... regex assignor owned=TOPIC-N,...
 *                     (a member that joins, epoch 0, says what it must say unless the script does)
 * describe-consumer
 * </pre>
 */
final class ConsumerScriptRequests {
    private final GroupScript script;

    ConsumerScriptRequests(GroupScript script) {
        this.script = script;
    }

    void send(String label, Step step) {
        switch (step.verb()) {
            case "consumer" ->
                script.expect(label, script.service.consumerHeartbeat(heartbeat(step)), ConsumerScriptText::of);
            case "describe-consumer" ->
                script.expect(label, script.service.describeConsumer(step.text("group", "g")), ConsumerScriptText::of);
            default -> throw new IllegalArgumentException("no such request: " + step.verb());
        }
    }

    private ConsumerHeartbeatRequest heartbeat(Step step) {
        int epoch = step.number("epoch", 0);
        boolean joins = epoch == 0;
        boolean byName = step.has("topics") || joins && !step.has("regex");
        return new ConsumerHeartbeatRequest(
                step.text("group", "g"),
                step.text("member", ""),
                epoch,
                step.text("instance", ""),
                step.text("rack", ""),
                new GroupClient(step.text("client", "c"), "/127.0.0.1"),
                step.number("rebalance", joins ? 60_000 : ConsumerHeartbeatRequest.UNCHANGED),
                byName ? Optional.of(step.list("topics", "t")) : Optional.empty(),
                step.has("regex") ? Optional.of(step.text("regex", "")) : Optional.empty(),
                step.has("assignor") ? Optional.of(step.text("assignor", "")) : Optional.empty(),
                step.has("owned") || joins ? Optional.of(owned(step)) : Optional.empty());
    }

    private Map<Uuid, Set<Integer>> owned(Step step) {
        Map<Uuid, Set<Integer>> owned = new TreeMap<>();
        for (String each : step.list("owned", "")) {
            int dash = each.lastIndexOf('-');
            Uuid topicId = script.metadata()
                    .topic(each.substring(0, dash))
                    .orElseThrow()
                    .id();
            owned.computeIfAbsent(topicId, id -> new TreeSet<>()).add(Integer.parseInt(each.substring(dash + 1)));
        }
        return owned;
    }
}
