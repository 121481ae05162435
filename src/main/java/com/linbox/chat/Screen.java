package com.linbox.chat;

import com.linbox.message.Message;
import com.linbox.protocol.MessageChange;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What the user sees. Lines of different threads never mix. */
final class Screen {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintStream out;
    private final long me;

    Screen(PrintStream out, long me) {
        this.out = out;
        this.me = me;
    }

    /** A line of the program's own. */
    void note(String text) {
        line("-- " + text);
    }

    void message(Message message) {
        String event = Wording.ofEvent(message);
        if (event != null) {
            event(event, message.sendTime());
            return;
        }
        String who = message.senderId() == me ? "me" : Long.toString(message.senderId());
        line(time(message.sendTime()) + " " + who + ": " + text(message));
    }

    /** @param where the name of the conversation, which is not the one that is shown */
    void elsewhere(Message message, String where) {
        String sender = Long.toString(message.senderId());
        String who =
                message.senderId() == me ? "me to " + where : sender.equals(where) ? sender : sender + ", " + where;
        line(time(message.sendTime()) + " (" + who + ") " + text(message));
    }

    /** Something has happened to a group or to a message. */
    void event(String what, long sendTime) {
        line(time(sendTime) + " * " + printable(what));
    }

    /** The server has stored what the user typed. */
    void stored(String typed, long sendTime) {
        line(time(sendTime) + " ✓ " + typed);
    }

    private void line(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static String text(Message message) {
        if (message.mimeType().equals(MessageChange.RECALLED)) {
            return "(recalled)";
        }
        String text = message.mimeType().startsWith("text/")
                ? message.content()
                : "<" + message.mimeType() + "> " + message.content();
        return printable(text);
    }

    /** Whoever writes to this user must not be able to command the terminal. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> Character.isISOControl(character) && character != '\t' ? '\uFFFD' : character)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String time(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault());
        boolean today = time.toLocalDate().equals(LocalDate.now(time.getZone()));
        return "[" + (today ? TIME : DATE_AND_TIME).format(time) + "]";
    }
}
