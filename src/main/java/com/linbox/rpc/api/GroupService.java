package com.linbox.rpc.api;

/**
 * Makes, changes and shows groups. The product's back end may do everything; {@code operatorId} is the user on whose behalf it
 * does, who needs no right to it and need not be a member. Members see the operator as the sender of the event, which is a
 * message of the group's conversation and reaches those who are online like any other.
 *
 * <p>Every change has a {@code requestId}, as {@link SendRequest} has: calling again with the same one, whether the first call
 * was answered or not, changes nothing twice and gives the first one's answer.
 *
 * <p>Errors of changes besides the usual ones: {@code NO_SUCH_GROUP} (404) where there is none, or none any more;
 * {@code CONFLICT} (409) where it cannot be as the group is, or the {@code requestId} was that of something else;
 * {@code UNAVAILABLE} (503) where there was no answer before the deadline: calling again with the same {@code requestId} finds
 * out.
 */
public interface GroupService {

    /**
     * Makes a group; the operator is its owner.
     *
     * <p>{@code CONFLICT}: there is a group with this id, or it would have too many members.
     */
    GroupChanged create(CreateGroupRequest request) throws RequestFailedException;

    /** Renames a group or changes its settings. */
    GroupChanged update(UpdateGroupRequest request) throws RequestFailedException;

    /** Ends a group: nobody sends to it or reads it any more, and its id is not used again. */
    GroupChanged dissolve(DissolveGroupRequest request) throws RequestFailedException;

    /**
     * Adds members, up to 1000 with one call; who is one already stays as they are.
     *
     * <p>{@code CONFLICT}: the group would have more members than the server's {@code linbox.group.max-members}.
     */
    GroupChanged addMembers(MembersRequest request) throws RequestFailedException;

    /**
     * Puts members out; who is none is passed over.
     *
     * <p>{@code CONFLICT}: the owner cannot go.
     */
    GroupChanged removeMembers(MembersRequest request) throws RequestFailedException;

    /**
     * Gives members another role; who is none is passed over. Who becomes the owner takes the place of the one before, who is
     * an administrator then.
     *
     * <p>{@code CONFLICT}: the owner's own role changes only by naming another owner.
     */
    GroupChanged giveRole(GiveRoleRequest request) throws RequestFailedException;

    /** Takes members' word away for a while, or gives it back; who is no member is passed over. */
    GroupChanged muteMembers(MuteMembersRequest request) throws RequestFailedException;

    /** Lets only administrators and the owner speak for a while, or all of them again. */
    GroupChanged muteAll(MuteAllRequest request) throws RequestFailedException;

    /** What a group is like, be it that it is over. {@code NO_SUCH_GROUP} (404) where there never was one. */
    GroupDescription info(GroupRequest request) throws RequestFailedException;

    /**
     * A page of a group's members, in the order of their ids. {@code NO_SUCH_GROUP} (404) where there is none, or none any
     * more.
     */
    MemberPage members(MemberListRequest request) throws RequestFailedException;

    /** The groups that a user is a member of, without those that are over. */
    GroupsOfUser groupsOf(GroupsOfRequest request) throws RequestFailedException;
}
