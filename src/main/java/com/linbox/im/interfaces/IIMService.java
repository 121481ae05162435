package com.linbox.im.interfaces;

import java.util.Set;

/**
 * The interface of the original LINBOX, for back ends that were built against it; new ones use {@code com.linbox.rpc.api}.
 * Served by Dubbo's own protocol with Hessian 2, as Dubbo 2.7 calls it. Ids are decimal digits.
 *
 * <p>Whatever is not carried out ends in an exception whose message says why: {@link IllegalArgumentException} where an
 * argument is wrong, {@link IllegalStateException} otherwise.
 */
public interface IIMService {

    /** The living gateways as {@code host:port}, the least loaded first. */
    Set<String> getIMServerList();

    /**
     * The user's own key of protocol version 1, as the text that the client is given; a new one where there is none.
     *
     * @throws IllegalStateException where the server's keys are not dynamic: all clients then have the gateways' pass phrase
     */
    String getPassword(long userId);

    /**
     * Sends a message on behalf of {@code from}. Returns when it is stored. Calling again sends another message.
     *
     * @param to the recipient's id, or the group's
     * @param messageType 2: to a user; 3: to a group that {@code from} is a member of
     * @param creatorId not used
     */
    void sendMessage(String from, String to, String mimeType, String content, int messageType, String creatorId);

    /**
     * Sends a system message to the user {@code target}. Returns when it is stored; devices that are offline get it at their
     * next sign-in. Calling again sends another one.
     */
    void sendSystemMessage(String target, int systemType, String content);

    /** A new id for a group, positive and never given before. */
    long generateGroupId();
}
