package com.linbox.push;

import com.linbox.journal.Origin;
import com.linbox.journal.Publications;
import com.linbox.journal.RequestLog;
import com.linbox.journal.Topic;
import com.linbox.message.Conversation;
import com.linbox.message.Message;
import com.linbox.protocol.MessageChange;
import com.linbox.push.PushMeters.Suppressed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Notes which users a message has found offline. Noting costs whoever does it one record of Kafka and no look-up: what is to be
 * told to them is worked out elsewhere, see {@link OfflinePush#newHandler}. Not thread-safe.
 */
public final class OfflineNotes {

    private final Publications publications;
    private final Supplier<PushSettings> settings;
    private final PushMeters meters;

    OfflineNotes(RequestLog log, Supplier<PushSettings> settings, PushMeters meters) {
        this.publications = new Publications(log);
        this.settings = settings;
        this.meters = meters;
    }

    /** The recipient of a message of a one-to-one conversation is offline. */
    public void offline(Message message, Origin origin) {
        long recipient = ((Conversation.Session) message.conversation()).partnerOf(message.senderId());
        if (recipient != message.senderId() && concerns(message) && enabled(1)) {
            publish(Long.toString(recipient), message, origin, List.of(recipient));
        }
    }

    /**
     * Members of a group are offline.
     *
     * @param message only asked for where it is needed
     * @param key of the part of the group that they are, in which their notes keep their order
     * @param members how many the group has in all
     * @param offline those who are, without the sender; may be none
     */
    public void offline(Supplier<Message> message, Origin origin, String key, int members, long[] offline) {
        if (offline.length == 0 || !enabled(offline.length)) {
            return;
        }
        if (members > settings.get().largestGroup()) {
            meters.suppressed(Suppressed.LARGE_GROUP, offline.length);
            return;
        }
        Message told = message.get();
        if (concerns(told)) {
            publish(key, told, origin, Arrays.stream(offline).boxed().toList());
        }
    }

    /** Whether a message is one that offline users may be told of: what the server itself says is not. */
    private static boolean concerns(Message message) {
        return !message.mimeType().startsWith(MessageChange.OWN_TYPES);
    }

    private boolean enabled(int offline) {
        boolean enabled = settings.get().enabled();
        if (!enabled) {
            meters.suppressed(Suppressed.OFF, offline);
        }
        return enabled;
    }

    private void publish(String key, Message message, Origin origin, List<Long> recipients) {
        OfflineNote note = new OfflineNote(
                recipients,
                message.senderId(),
                message.conversation().key(),
                message.msgId(),
                message.mimeType(),
                preview(message, settings.get().previewLength()),
                message.sendTime());
        publications.publish(Topic.OFFLINE, key, origin, PushJson.write(note));
    }

    /** As many characters as Unicode counts them, so that none is cut into halves. */
    static String preview(Message message, int length) {
        if (!message.mimeType().toLowerCase(Locale.ROOT).startsWith("text/")) {
            return "";
        }
        String content = message.content();
        return content.length() <= length || content.codePointCount(0, content.length()) <= length
                ? content
                : content.substring(0, content.offsetByCodePoints(0, length));
    }

    /**
     * Returns when everything noted is safe.
     *
     * @throws com.linbox.journal.JournalUnavailableException where something may not be
     */
    public void await() {
        publications.await();
    }
}
