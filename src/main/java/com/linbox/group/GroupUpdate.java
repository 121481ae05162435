package com.linbox.group;

import java.util.List;

/**
 * What a change comes to.
 *
 * @param group as it is afterwards, but for its version
 * @param joined new members; each one's {@code sinceMsgId} is to be the msg_id before the event's
 * @param changed members who have another role or are muted now
 * @param removed users who are no members any more
 */
public record GroupUpdate(Group group, List<Member> joined, List<Member> changed, List<Long> removed) {

    static GroupUpdate of(Group group) {
        return new GroupUpdate(group, List.of(), List.of(), List.of());
    }
}
