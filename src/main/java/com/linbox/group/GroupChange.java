package com.linbox.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done to a group. Each that comes to something is a message in the group's conversation too. */
public sealed interface GroupChange {

    /** The wire's name of it. */
    String action();

    /** Makes the group, with the actor as its owner where a user makes it. */
    record Create(String name, long ownerId, List<Long> userIds, Inviters inviters, HistoryAccess history)
            implements GroupChange {

        @Override
        public String action() {
            return "create";
        }
    }

    /** Renames it or changes its settings; null leaves one as it is. */
    record Update(
            @Nullable String name,
            @Nullable Inviters inviters,
            @Nullable HistoryAccess history) implements GroupChange {

        @Override
        public String action() {
            return "update";
        }
    }

    record Dissolve() implements GroupChange {

        @Override
        public String action() {
            return "dissolve";
        }
    }

    record Add(List<Long> userIds) implements GroupChange {

        @Override
        public String action() {
            return "add";
        }
    }

    record Remove(List<Long> userIds) implements GroupChange {

        @Override
        public String action() {
            return "remove";
        }
    }

    /** The actor goes. */
    record Leave() implements GroupChange {

        @Override
        public String action() {
            return "leave";
        }
    }

    /** Gives members another role. A new owner takes the place of the old one, who becomes an administrator. */
    record GiveRole(List<Long> userIds, Role role) implements GroupChange {

        @Override
        public String action() {
            return "role";
        }
    }

    /** @param until as {@link Member#mutedUntil()}; 0 lets them speak again */
    record Mute(List<Long> userIds, long until) implements GroupChange {

        @Override
        public String action() {
            return "mute";
        }
    }

    /** @param until as {@link Group#mutedUntil()}; 0 lets all speak again */
    record MuteAll(long until) implements GroupChange {

        @Override
        public String action() {
            return "mute_all";
        }
    }
}
