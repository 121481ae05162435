package com.linbox.journal;

/** The topics that requests travel in. */
public enum Topic {
    SEND("linbox.send"),
    QUERY("linbox.query"),
    DEAD("linbox.dead");

    private final String topicName;

    Topic(String topicName) {
        this.topicName = topicName;
    }

    /** The name in Kafka. */
    public String topicName() {
        return topicName;
    }
}
