package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Clients of both protocols that join, leave, crash, lose answers and are slow to give up partitions, against a broker
 * that crashes, under a seed. At no time do two members have the same partition; once all is quiet everybody has a fair share. To run one
 * seed alone: {@code -Ddaybook.group.seed=N}.
 */
final class ConsumerGroupSimulationTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 400;
    private static final int HEARTBEAT_MS = 3_000;

    /** What a consumer knows, and what it consumes. */
    private static final class Client {
        String memberId;
        final String instanceId;
        int epoch;
        Map<Uuid, Set<Integer>> owned = new TreeMap<>();
        Map<Uuid, Set<Integer>> told = new TreeMap<>();
        boolean missedAnAnswer;

        Client(String memberId, String instanceId) {
            this.memberId = memberId;
            this.instanceId = instanceId;
        }
    }

    private static final class World {
        final GroupScript script = new GroupScript();
        final Random random;
        final List<Client> clients = new ArrayList<>();
        final List<SimulatedClassicConsumer> classicClients = new ArrayList<>();
        int identities;
        int topics = 1;
        /** For so long nobody of the consumer protocol comes. */
        int stepsAmongClassicOnes;

        World(long seed) {
            random = new Random(seed);
        }

        void step() {
            int dice = random.nextInt(100);
            if (stepsAmongClassicOnes > 0) {
                stepsAmongClassicOnes--;
                classicClients.forEach(SimulatedClassicConsumer::act);
            }
            if (dice < 30) {
                stepOfClassic();
            } else if (dice < 60 && !clients.isEmpty()) {
                heartbeat(any(), random.nextInt(10) == 0, random.nextInt(3) == 0);
            } else if (dice < 70 && clients.size() < 6 && stepsAmongClassicOnes == 0) {
                identities++;
                clients.add(new Client("m" + identities, random.nextInt(3) == 0 ? "i" + identities : ""));
            } else if (dice < 73 && !clients.isEmpty()) {
                Client leaving = any();
                clients.remove(leaving);
                send(leaving, ConsumerHeartbeatRequest.LEAVE, false);
            } else if (dice < 76 && !clients.isEmpty()) {
                clients.remove(any());
            } else if (dice < 80) {
                comeBackAsAnother();
            } else if (dice < 92) {
                script.step("advance " + random.nextInt(12_000));
            } else if (dice < 95) {
                script.step("crash");
                classicClients.forEach(SimulatedClassicConsumer::loseConnection);
            } else if (dice < 97 && topics < 4) {
                script.step("topic t" + topics++ + " " + (1 + random.nextInt(3)));
            } else if (dice == 99) {
                int count = script.metadata().topic("t").orElseThrow().partitionCount();
                script.step("partitions t " + (count + 1));
            }
        }

        private void stepOfClassic() {
            int dice = random.nextInt(60);
            if (dice < 6 && classicClients.size() < 3) {
                classicClients.add(new SimulatedClassicConsumer(script));
            } else if (dice == 7 && !classicClients.isEmpty()) {
                classicClients.remove(0).leave();
            } else if (dice == 8 && !classicClients.isEmpty()) {
                classicClients.remove(0);
            } else if (dice == 9 && !classicClients.isEmpty()) {
                clients.forEach(client -> send(client, ConsumerHeartbeatRequest.LEAVE, false));
                clients.clear();
                stepsAmongClassicOnes = 60;
            } else {
                classicClients.forEach(SimulatedClassicConsumer::act);
            }
        }

        private Client any() {
            return clients.get(random.nextInt(clients.size()));
        }

        /** A static member restarts: it says that it will be away, and its next process has another identity. */
        private void comeBackAsAnother() {
            for (Client client : clients) {
                if (!client.instanceId.isEmpty() && client.epoch > 0) {
                    send(client, ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE, false);
                    client.memberId = "m" + ++identities;
                    forget(client);
                    return;
                }
            }
        }

        void heartbeat(Client client, boolean answerIsLost, boolean isSlow) {
            ConsumerHeartbeatResult result = send(client, client.epoch, client.epoch == 0 || client.missedAnAnswer);
            client.missedAnAnswer = answerIsLost;
            if (answerIsLost) {
                return;
            }
            if (!result.code().isNone()) {
                assertThat(result.code())
                        .isIn(
                                ErrorCode.FENCED_MEMBER_EPOCH,
                                ErrorCode.UNKNOWN_MEMBER_ID,
                                ErrorCode.GROUP_ID_NOT_FOUND,
                                ErrorCode.UNRELEASED_INSTANCE_ID,
                                ErrorCode.FENCED_INSTANCE_ID);
                forget(client);
                return;
            }
            client.epoch = result.memberEpoch();
            result.assignment().ifPresent(assignment -> client.told = assignment);
            if (!isSlow) {
                client.owned = client.told;
            }
        }

        private static void forget(Client client) {
            client.epoch = 0;
            client.owned = new TreeMap<>();
            client.told = new TreeMap<>();
            client.missedAnAnswer = false;
        }

        private ConsumerHeartbeatResult send(Client client, int epoch, boolean complete) {
            CompletableFuture<ConsumerHeartbeatResult> answer =
                    script.service.consumerHeartbeat(new ConsumerHeartbeatRequest(
                            "g",
                            client.memberId,
                            epoch,
                            client.instanceId,
                            "",
                            new GroupClient("c", "/127.0.0.1"),
                            complete ? 15_000 : ConsumerHeartbeatRequest.UNCHANGED,
                            Optional.empty(),
                            complete ? Optional.of("t.*") : Optional.empty(),
                            Optional.empty(),
                            Optional.of(epoch == 0 ? Map.of() : client.owned)));
            script.shard.drain();
            return answer.getNow(ConsumerHeartbeatResult.failed(ErrorCode.UNKNOWN_SERVER_ERROR));
        }

        Optional<ConsumerGroup> group() {
            List<ConsumerGroup> found = new ArrayList<>();
            script.service.forEachState(state -> state.findConsumer("g").ifPresent(found::add));
            return found.stream().findFirst();
        }

        /** In the coordinator's eyes and in the clients' own. */
        void checkThatNoPartitionHasTwoOwners() {
            Map<String, String> ownerByPartition = new HashMap<>();
            Optional<ConsumerGroup> group = group();
            for (ConsumerMember member : group.map(ConsumerGroup::members).orElse(List.of())) {
                ConsumerMemberAssignment has = member.assignment();
                Set<String> partitions = new HashSet<>();
                has.assigned()
                        .forEach((topicId, epochs) -> epochs.keySet().forEach(p -> partitions.add(topicId + "-" + p)));
                has.pendingRevocation()
                        .forEach((topicId, epochs) -> epochs.keySet().forEach(p -> partitions.add(topicId + "-" + p)));
                for (String partition : partitions) {
                    assertThat(ownerByPartition.put(partition, member.memberId()))
                            .as("former owner of %s, which %s has", partition, member.memberId())
                            .isNull();
                }
            }
            for (Client client : clients) {
                checkThatItOwns(client.memberId, client.owned, ownerByPartition);
            }
            for (SimulatedClassicConsumer client : classicClients) {
                checkThatItOwns(client.memberId(), client.owned(), ownerByPartition);
            }
        }

        /** Who is no member any more and has not heard of it is not to be blamed. */
        private void checkThatItOwns(
                String memberId, Map<Uuid, Set<Integer>> consumed, Map<String, String> ownerByPartition) {
            if (group().flatMap(group -> group.member(memberId)).isEmpty()) {
                return;
            }
            consumed.forEach((topicId, partitions) ->
                    partitions.forEach(partition -> assertThat(ownerByPartition.get(topicId + "-" + partition))
                            .as("owner of %s-%s, which %s consumes", topicId, partition, memberId)
                            .isEqualTo(memberId)));
        }

        /** Everybody behaves, for longer than any session. */
        void becomeQuiet() {
            clients.add(new Client("last", ""));
            for (int round = 0; round < 40; round++) {
                for (SimulatedClassicConsumer client : classicClients) {
                    client.act();
                    checkThatNoPartitionHasTwoOwners();
                }
                for (Client client : clients) {
                    heartbeat(client, false, false);
                    checkThatNoPartitionHasTwoOwners();
                }
                script.step("advance " + HEARTBEAT_MS);
            }
        }

        void checkThatEverybodyHasAFairShare() {
            assertThat(group().orElseThrow().stateName()).isEqualTo("Stable");
            Set<String> all = new TreeSet<>();
            int least = Integer.MAX_VALUE;
            int most = 0;
            List<Map<Uuid, Set<Integer>>> shares = new ArrayList<>();
            clients.forEach(client -> shares.add(client.owned));
            classicClients.forEach(client -> shares.add(client.owned()));
            for (Map<Uuid, Set<Integer>> share : shares) {
                int count = 0;
                for (Map.Entry<Uuid, Set<Integer>> each : share.entrySet()) {
                    each.getValue().forEach(partition -> all.add(each.getKey() + "-" + partition));
                    count += each.getValue().size();
                }
                least = Math.min(least, count);
                most = Math.max(most, count);
            }
            assertThat(all).hasSize(script.metadata().partitionCount());
            assertThat(most - least).isLessThanOrEqualTo(1);
        }
    }

    @TestFactory
    List<DynamicTest> noPartitionHasTwoOwnersAndInTheEndAllIsShared() {
        Long only = Long.getLong("daybook.group.seed");
        List<DynamicTest> tests = new ArrayList<>();
        for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            long current = seed;
            tests.add(DynamicTest.dynamicTest("seed " + seed, () -> run(current)));
        }
        return tests;
    }

    private static void run(long seed) {
        World world = new World(seed);
        for (int step = 0; step < STEPS; step++) {
            world.step();
            world.checkThatNoPartitionHasTwoOwners();
        }
        world.script.checkThatTheLogGivesTheLiveState();
        world.becomeQuiet();
        world.checkThatEverybodyHasAFairShare();
        world.script.checkThatTheLogGivesTheLiveState();
    }

    @Test
    void theChecksCatchAPartitionThatHasTwoOwners() {
        World world = new World(0);
        Client one = new Client("a", "");
        Client other = new Client("b", "");
        world.clients.add(one);
        world.clients.add(other);
        world.heartbeat(one, false, false);
        world.heartbeat(other, false, false);

        other.owned = one.owned;

        assertThat(one.owned).isNotEmpty();
        assertThatThrownBy(world::checkThatNoPartitionHasTwoOwners).isInstanceOf(AssertionError.class);
    }
}
