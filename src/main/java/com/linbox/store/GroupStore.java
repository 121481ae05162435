package com.linbox.store;

import com.linbox.group.GroupState;
import com.linbox.group.GroupUpdate;
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
