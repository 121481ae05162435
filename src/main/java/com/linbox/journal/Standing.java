package com.linbox.journal;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the threads of a process that read one topic stand.
 *
 * @param joined whether each of them takes part in sharing the topic's partitions
 * @param partitions how many they have; none where others are enough
 * @param heldUp how many threads wait with their batch, for an engine that is away
 * @param heldUpBy what keeps one of them waiting, or null
 */
public record Standing(
        Topic topic,
        boolean joined,
        int partitions,
        int heldUp,
        @Nullable String heldUpBy) {

    static Standing of(Topic topic, List<Loop> loops) {
        List<String> causes =
                loops.stream().map(Loop::heldUpBy).filter(Objects::nonNull).toList();
        return new Standing(
                topic,
                loops.stream().allMatch(Loop::hasJoined),
                loops.stream().mapToInt(Loop::partitions).sum(),
                causes.size(),
                causes.isEmpty() ? null : causes.get(0));
    }
}
