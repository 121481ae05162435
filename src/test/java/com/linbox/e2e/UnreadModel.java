package com.linbox.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What unread counts are to be, worked out as simply as can be. Conversations are named as the wire's list names them. */
final class UnreadModel {

    /** The newest message of each conversation. */
    private final Map<String, Long> last = new HashMap<>();

    /** Who is in a conversation, and the newest message before they were. */
    private final Map<String, Map<Long, Long>> since = new HashMap<>();

    private final Map<String, Map<Long, Long>> read = new HashMap<>();

    static String pair(long one, long other) {
        return "pair " + Math.min(one, other) + " " + Math.max(one, other);
    }

    static String group(long id) {
        return "group " + id;
    }

    /** A message has been stored; its sender has read it. */
    void stored(String conversation, long sender) {
        long msgId = last.merge(conversation, 1L, Long::sum);
        read(conversation, sender, msgId);
    }

    void joined(String conversation, long user, long before) {
        since.computeIfAbsent(conversation, id -> new HashMap<>()).putIfAbsent(user, before);
    }

    void left(String conversation, long user) {
        since.get(conversation).remove(user);
        read.getOrDefault(conversation, new HashMap<>()).remove(user);
    }

    boolean isIn(String conversation, long user) {
        return since.getOrDefault(conversation, Map.of()).containsKey(user);
    }

    Set<Long> members(String conversation) {
        return since.get(conversation).keySet();
    }

    void read(String conversation, long user, long msgId) {
        read.computeIfAbsent(conversation, id -> new HashMap<>()).merge(user, msgId, Math::max);
    }

    long newest(String conversation) {
        return last.getOrDefault(conversation, 0L);
    }

    long since(String conversation, long user) {
        return since.get(conversation).get(user);
    }

    /** A user's conversations, each with its newest message and how many are unread. */
    Map<String, String> listed(long user) {
        Map<String, String> listed = new TreeMap<>();
        since.forEach((conversation, members) -> {
            Long joinedAfter = members.get(user);
            if (joinedAfter != null) {
                long position = read.getOrDefault(conversation, Map.of()).getOrDefault(user, 0L);
                long newest = newest(conversation);
                listed.put(conversation, newest + ": " + (newest - Math.max(joinedAfter, position)));
            }
        });
        return listed;
    }
}
