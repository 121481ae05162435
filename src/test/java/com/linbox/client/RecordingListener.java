package com.linbox.client;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
public final class RecordingListener implements ClientListener {

    final List<Message> messages = new CopyOnWriteArrayList<>();
    public final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void message(Message message) {
        messages.add(message);
        told.add(message.msgId() + " " + message.content());
    }

    /** Messages and changes of all kinds, in the order they were told of. */
    public final List<String> told = new CopyOnWriteArrayList<>();

    public final List<GroupChanged> groupChanges = new CopyOnWriteArrayList<>();

    @Override
    public void groupChanged(GroupChanged change) {
        groupChanges.add(change);
        told.add(change.msgId() + " " + change.change().action());
    }

    @Override
    public void messageChanged(MessageChanged change) {
        told.add(change.msgId()
                + (change.isRecall() ? " recall " : " edit ")
                + change.changedMsgId()
                + (change.isRecall() ? "" : " " + change.newContent()));
    }

    @Override
    public void readElsewhere(Conversation conversation, long msgId) {
        events.add("read elsewhere " + conversation.key() + " " + msgId);
    }

    @Override
    public void readByPartner(Conversation conversation, long msgId) {
        events.add("read by partner " + conversation.key() + " " + msgId);
    }

    @Override
    public void typing(Conversation conversation, long userId) {
        events.add("typing " + conversation.key() + " " + userId);
    }

    @Override
    public void systemMessage(int systemType, String content) {
        events.add("system " + systemType + " " + content);
    }

    @Override
    public void connectionLost(ConnectionFailedException cause) {
        events.add("lost");
    }

    @Override
    public void connectionRestored() {
        events.add("restored");
    }

    @Override
    public void kicked(String reason) {
        events.add("kicked: " + reason);
    }

    @Override
    public void refused(RefusedException why) {
        events.add("refused: " + why.status());
    }

    List<String> contents() {
        return messages.stream().map(Message::content).toList();
    }

    List<Long> ids() {
        return messages.stream().map(Message::msgId).toList();
    }
}
