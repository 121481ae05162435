package com.linbox.client;

import com.linbox.message.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class RecordingListener implements ClientListener {

    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void message(Message message) {
        messages.add(message);
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
