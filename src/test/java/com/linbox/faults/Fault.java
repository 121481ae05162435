package com.linbox.faults;

import com.linbox.faults.FaultCluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Something that goes wrong for a while. */
sealed interface Fault {

    /** How long it lasts; what was killed is started again after this time. */
    Duration length();

    /** One of a process. */
    sealed interface OfPart extends Fault {

        Part part();
    }

    /** {@code kill -9}, and started again. */
    record Killed(Part part, Duration length) implements OfPart {}

    /** {@code SIGSTOP}, and {@code SIGCONT}. */
    record Suspended(Part part, Duration length) implements OfPart {}

    /** Told to end, as an operator does, and started again. */
    record Restarted(Part part, Duration length) implements OfPart {}

    /** Clients' connections break, again each second, each with this probability. */
    record ConnectionsCut(double probability, Duration length) implements Fault {}

    record DatabaseReadOnly(Duration length) implements Fault {}

    record DatabaseFull(Duration length) implements Fault {}

    /**
     * Rounds of faults in random order: each process has one of its own in each round, the connections and the database's disk
     * theirs, and then there are some pairs at one time.
     *
     * @param longest how long a fault may last
     */
    static List<List<Fault>> round(Random random, Duration longest) {
        List<List<Fault>> steps = new ArrayList<>();
        for (Part part : Part.values()) {
            steps.add(List.of(of(part, random, longest)));
        }
        steps.add(List.of(new ConnectionsCut(0.1 + 0.9 * random.nextDouble(), upTo(longest.dividedBy(3), random))));
        steps.add(List.of(new DatabaseFull(upTo(longest.dividedBy(2), random))));
        steps.add(List.of(new DatabaseReadOnly(upTo(longest.dividedBy(2), random))));
        for (int pair = 0; pair < 4; pair++) {
            List<Part> parts = new ArrayList<>(List.of(Part.values()));
            Collections.shuffle(parts, random);
            steps.add(List.of(of(parts.get(0), random, longest), of(parts.get(1), random, longest)));
        }
        Collections.shuffle(steps, random);
        return steps;
    }

    private static Fault of(Part part, Random random, Duration longest) {
        return switch (random.nextInt(3)) {
            case 0 -> new Killed(part, upTo(longest.dividedBy(3), random));
            case 1 -> new Suspended(part, upTo(longest, random));
            default -> new Restarted(part, upTo(longest.dividedBy(10), random));
        };
    }

    private static Duration upTo(Duration longest, Random random) {
        return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
    }
}
