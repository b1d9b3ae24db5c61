package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import io.daybook.benchmarks.Options.Group;
import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** One broker from its start to its end, under every load in turn. */
final class Round {
    private static final Row AFTER_LOAD = Row.atMost("memory (RSS) after the load", "MiB", 0.35);
    private static final Set<Group> LOAD = Set.of(Group.PRODUCE, Group.FETCH, Group.SINGLES);
    private static final Set<Group> LOADS =
            Set.of(Group.START, Group.PRODUCE, Group.FETCH, Group.SINGLES, Group.LATENCY);

    private final Setup setup;
    private final Contestant contestant;
    private final Volume volume;
    private final Figures figures;
    private final Reserve reserve;

    Round(Setup setup, Contestant contestant, Volume volume, Figures figures, Reserve reserve) {
        this.setup = setup;
        this.contestant = contestant;
        this.volume = volume;
        this.figures = figures;
        this.reserve = reserve;
    }

    /** Runs the groups on empty directories that are deleted afterwards. */
    void run(Set<Group> groups) throws IOException, InterruptedException, ExecutionException {
        if (groups.contains(Group.PARTITIONS)) {
            try (Place place = Place.prepare(setup, contestant, reserve)) {
                Subject.settle();
                new PartitionRows(place, volume, figures).measure();
            }
        }
        if (!Collections.disjoint(groups, LOADS)) {
            on(groups.contains(Group.START), subject -> loads(subject, groups));
        }
        if (groups.contains(Group.LIMITS)) {
            on(false, subject -> new LimitRows(subject, setup.workDirectory()).measure());
        }
        if (groups.contains(Group.LATENCY) && contestant == Contestant.DAYBOOK) {
            // Neither broker has a part in it: once is enough.
            new FloorRows(setup, volume, figures).measure();
        }
    }

    /** One broker on one directory: what all of its loads write has to find room in memory. */
    private void on(boolean isStartMeasured, Loads loads) throws IOException, InterruptedException, ExecutionException {
        try (Place place = Place.prepare(setup, contestant, reserve)) {
            reserve.fill();
            Subject.settle();
            try (BrokerProcess broker = place.start()) {
                Subject subject = new Subject(
                        contestant, broker, new Clients(broker.bootstrapServers()), volume, figures, reserve);
                if (isStartMeasured) {
                    StartRows.measure(subject);
                } else {
                    broker.awaitPort();
                    subject.clients().firstRecord("first");
                }
                loads.run(subject);
            }
        }
    }

    private void loads(Subject subject, Set<Group> groups)
            throws IOException, InterruptedException, ExecutionException {
        if (groups.contains(Group.PRODUCE)) {
            new ProduceRows(subject).measure();
        }
        if (groups.contains(Group.FETCH)) {
            new FetchRows(subject).measure();
        }
        if (groups.contains(Group.SINGLES)) {
            new SinglesRows(subject).measure();
        }
        if (groups.containsAll(LOAD)) {
            figures.add(AFTER_LOAD, subject.broker().rssMib());
        }
        if (groups.contains(Group.LATENCY)) {
            new LatencyRows(subject).measure();
        }
    }

    /** What a broker that runs has to do. */
    @FunctionalInterface
    private interface Loads {
        void run(Subject subject) throws IOException, InterruptedException, ExecutionException;
    }
}
