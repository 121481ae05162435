package com.linbox.bench;

import com.linbox.client.Connection;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.ConnectionListener;
import com.linbox.protocol.PacketType;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One user: sends to partners by turns, and hears the answers and what others send. A message's content begins with
 * {@code lb<run>:<number>:<due> }, so that the partner, who lives in this process too, knows how long it was under way.
 * Confined to its event loop, but for {@link #unanswered}.
 */
final class LoadUser implements ConnectionListener {

    private static final byte[] R_ID = JsonScan.field("r_id");
    private static final byte[] STATUS = JsonScan.field("status");
    private static final byte[] SENDER = "\"from_user_id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int OK = 200;
    private static final long PAUSE_AFTER_REFUSAL_MILLIS = 100;

    private final String user;
    private final Measurements measurements;
    private final int window;
    private final int payload;
    private final long firstRequestId;
    private final byte[] mark;
    private final String beforeNumber;
    private final String runMark;
    private final long[] partners;
    private final String filler;
    private final Underway underway = new Underway();

    private @Nullable Connection connection;
    private boolean sending;
    private volatile boolean ended;
    private long next;
    /** The number of the last message, by who has sent it. */
    private final Map<Long, Long> lastHeard = new HashMap<>();

    private volatile long unanswered;

    /**
     * @param partners whom it sends to, by turns
     * @param run tells this run's messages from those of earlier ones; r_ids are derived from it, so that it must be the
     *     time in milliseconds
     */
    LoadUser(long userId, long[] partners, long run, BenchSettings settings, Measurements measurements) {
        this.user = Long.toString(userId);
        this.measurements = measurements;
        this.window = settings.window();
        this.payload = settings.payload();
        this.firstRequestId = run << 20;
        this.runMark = "\"content\":\"lb" + Long.toString(run, Character.MAX_RADIX) + ":";
        this.mark = runMark.getBytes(StandardCharsets.US_ASCII);
        this.beforeNumber = "{\"r_id\":";
        this.partners = partners;
        this.filler = "x".repeat(payload);
    }

    void signedIn(Connection established) {
        connection = established;
    }

    boolean isUp() {
        return connection != null && !ended;
    }

    EventLoop eventLoop() {
        if (connection == null) {
            throw new IllegalStateException("user " + user + " is not signed in");
        }
        return connection.eventLoop();
    }

    long unanswered() {
        return unanswered;
    }

    /** Fills the window; each answer sends the next message from then on, until {@link #stop()}. */
    void startWindow() {
        sending = true;
        for (int i = 0; i < window && isUp(); i++) {
            send(measurements.now());
        }
    }

    void stop() {
        sending = false;
    }

    /** @param due when the message was to be sent */
    void send(long due) {
        Connection open = connection;
        if (open == null || ended) {
            return;
        }
        long number = next++;
        underway.put(number, due);
        unanswered = underway.size();
        measurements.sent(due);
        open.write(PacketType.SEND_MSG_REQUEST, packet(number, due));
        open.flush();
    }

    void ping() {
        if (connection != null && !ended) {
            byte[] ping = (beforeNumber + "0,\"user_id\":\"" + user + "\"}").getBytes(StandardCharsets.US_ASCII);
            connection.write(PacketType.PING, ping);
            connection.flush();
        }
    }

    void close() {
        ended = true;
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void received(PacketType type, byte[] json) {
        if (type == PacketType.SEND_MSG_RESPONSE) {
            answered(json);
        } else if (type == PacketType.NEW_MESSAGE) {
            heard(json);
        }
    }

    @Override
    public void closed(ConnectionFailedException cause) {
        if (!ended) {
            ended = true;
            measurements.connectionLost();
        }
    }

    private byte[] packet(long number, long due) {
        long requestId = firstRequestId + number;
        long partner = partners[(int) (number % partners.length)];
        StringBuilder json = new StringBuilder(256 + payload)
                .append(beforeNumber)
                .append(requestId)
                .append(",\"user_id\":\"")
                .append(user)
                .append("\",\"remote_id\":\"")
                .append(partner)
                .append("\",\"type\":2,\"msg\":{\"r_id\":")
                .append(requestId)
                .append(",\"from_user_id\":\"")
                .append(user)
                .append("\",\"to_user_id\":\"")
                .append(partner)
                .append("\",\"type\":2,\"mime_type\":\"text/plain\",")
                .append(runMark);
        int contentStart = json.length() - mark.length + "\"content\":\"".length();
        json.append(number).append(':').append(due).append(' ');
        json.append(filler, 0, Math.max(0, payload - (json.length() - contentStart)));
        return json.append("\"}}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void answered(byte[] json) {
        long number = JsonScan.numberAfter(json, R_ID) - firstRequestId;
        long due = number < 0 || number >= next ? Underway.NONE : underway.take(number);
        if (due == Underway.NONE) {
            return;
        }
        unanswered = underway.size();
        int status = (int) JsonScan.numberAfter(json, STATUS);
        if (status == OK) {
            measurements.stored(due);
            sendNext();
        } else {
            measurements.refused(status);
            eventLoop().schedule(this::sendNext, PAUSE_AFTER_REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sendNext() {
        if (sending) {
            send(measurements.now());
        }
    }

    private void heard(byte[] json) {
        int at = JsonScan.indexAfter(json, mark, 0);
        if (at < 0) {
            return;
        }
        long number = JsonScan.numberAt(json, at);
        while (json[at] != ':') {
            at++;
        }
        measurements.delivered(JsonScan.numberAt(json, at + 1));
        Long before = lastHeard.put(JsonScan.numberAfter(json, SENDER), number);
        if (before != null && number <= before) {
            measurements.outOfOrder();
        }
    }
}
