package com.linbox.im.interfaces;

import java.util.Set;

public interface IIMService {

    Set<String> getIMServerList();

    String getPassword(long userId);

    void sendMessage(String from, String to, String mimeType, String content, int messageType, String creatorId);

    void sendSystemMessage(String target, int systemType, String content);

    long generateGroupId();
}
