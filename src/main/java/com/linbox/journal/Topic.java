package com.linbox.journal;

/** The topics, see the package's table. */
public enum Topic {
    SEND("linbox.send"),
    QUERY("linbox.query"),
    FANOUT("linbox.fanout"),
    OFFLINE("linbox.offline"),
    PUSH("linbox.push"),
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
