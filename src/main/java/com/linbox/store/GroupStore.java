package com.linbox.store;

import com.linbox.group.Group;
import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
import com.linbox.group.Member;
import com.linbox.group.Membership;
import com.linbox.message.Draft;
import com.linbox.message.SendOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups and their members. Thread-safe. Every method throws {@link StoreUnavailableException} where the database cannot be
 * asked at present.
 */
public interface GroupStore {

    /** A group with all its members as they are now, or null where there is no such group and never was. */
    @Nullable
    GroupState load(long groupId);

    /** What is true of a group as a whole, without its members; null where there is no such group and never was. */
    @Nullable
    Group group(long groupId);

    /** How many members a group has; those of a group that is over are counted too. */
    int memberCount(long groupId);

    /**
     * A page of a group's members, in the order of their ids, read without the others; those of a group that is over too.
     *
     * @param after only members with greater ids, at least 0
     * @param limit how many at most, at least 1
     */
    List<Member> members(long groupId, long after, int limit);

    /** The same group as it is now: reads only what has changed since. */
    GroupState refresh(GroupState known);

    /**
     * Stores the event and what it does to the group in one transaction: both or neither. An event that is there already
     * (same group, sender and request id) has done its work and does it no second time. What is stored is what {@link
     * GroupState#after} with the event's msg_id says.
     *
     * @param event of the group's conversation
     * @param update worked out from the group as it is: of the version that its {@code group} names
     * @param numbering as in {@link MessageStore#append}
     * @param sendTime the event's send time, in milliseconds since the epoch
     * @throws StaleGroupException where the group has changed since that version, by another router: whatever the update says
     *     may not be so any more
     */
    SendOutcome change(Draft event, GroupUpdate update, Numbering numbering, long sendTime) throws StaleGroupException;

    /** The groups of each of these users, without those that are over; users without any are left out. */
    Map<Long, List<Membership>> groupsOf(Collection<Long> userIds);

    /** What is asked of {@link #memberships}. */
    record Key(long groupId, long userId) {}

    /** Those of these that are memberships; of a group that is over, or never was, there are none. */
    Map<Key, Membership> memberships(Collection<Key> keys);
}
