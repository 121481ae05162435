package com.linbox.chat;

import com.linbox.client.ClientListener;
import com.linbox.client.ClientSettings;
import com.linbox.client.ConnectionFailedException;
import com.linbox.client.GroupChanged;
import com.linbox.client.LinboxClient;
import com.linbox.client.LinboxClientException;
import com.linbox.client.MessageChanged;
import com.linbox.client.RefusedException;
import com.linbox.client.UnreadConversation;
import com.linbox.message.Conversation;
import com.linbox.message.Ids;
import com.linbox.message.Message;
import com.linbox.message.RequestRejectedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The chat: lines typed are sent, what comes is shown. Ends with the input, {@code /quit}, or when the server signs the
 * user out. Used once.
 */
final class TerminalChat implements ClientListener {

    private static final int HISTORY = 20;
    private static final int UNREAD_SHOWN = 20;
    private static final long PATIENCE_SECONDS = 10;
    private static final String HELP = """
            a line      is sent                    /history    the last messages
            /to 1003    chat with somebody else    /unread     what is unread in other conversations
            /group 77   chat in a group            /quit       ends the chat
            //line      sends a line with a /""";
    private static final String NOBODY = "to whom? /to 1003 or /group 77 chooses";

    private final ClientSettings settings;
    private final BufferedReader in;
    private final Screen screen;
    private final LinboxClient client;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    /** Counts what still waits for the server. */
    private final Phaser underway = new Phaser(1);

    private volatile @Nullable Conversation current;

    TerminalChat(ChatSettings settings, BufferedReader in, PrintStream out) {
        this.settings = settings.client();
        this.in = in;
        this.screen = new Screen(out, settings.user());
        this.client = LinboxClient.create(this.settings, this);
        this.current = chosen(settings);
    }

    private @Nullable Conversation chosen(ChatSettings chat) {
        if (chat.to() != null) {
            return client.conversationWith(chat.to());
        }
        return chat.group() == null ? null : new Conversation.Group(chat.group());
    }

    int run() throws InterruptedException {
        try (client) {
            client.connect().join();
            screen.note("signed in as " + settings.userId() + " at " + settings.host() + ":" + settings.port()
                    + "; /help lists the commands");
            showUnread();
            showHistory();
            startReading();
            return exitCode.get();
        } catch (CompletionException | ExecutionException e) {
            screen.note(reason(e.getCause()));
            return 1;
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof RefusedException refused) {
            return "the server refuses the sign-in: " + refused.getMessage();
        } else if (cause instanceof ConnectionFailedException) {
            return cause.getMessage() + " (is the server running there?)";
        }
        return String.valueOf(cause);
    }

    private void startReading() {
        Thread reader = new Thread(this::readLines, "chat-input");
        // Reading a terminal cannot be interrupted; it must not keep the process either.
        reader.setDaemon(true);
        reader.start();
    }

    private void readLines() {
        try {
            for (String line = in.readLine(); line != null && !line.trim().equals("/quit"); line = in.readLine()) {
                typed(line);
            }
        } catch (IOException e) {
            screen.note("cannot read what is typed: " + e.getMessage());
        }
        awaitAnswers();
        exitCode.complete(0);
    }

    private void awaitAnswers() {
        try {
            underway.awaitAdvanceInterruptibly(underway.arrive(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            screen.note("the server has not answered everything");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void typed(String line) {
        String command = line.trim();
        if (command.equals("/help")) {
            HELP.lines().forEach(screen::note);
        } else if (command.equals("/history")) {
            showHistory();
        } else if (command.equals("/unread")) {
            showUnread();
        } else if (command.startsWith("/to ")) {
            talkIn("/to", command.substring(4).trim(), client::conversationWith);
        } else if (command.startsWith("/group ")) {
            talkIn("/group", command.substring(7).trim(), Conversation.Group::new);
        } else if (command.startsWith("//")) {
            send(line.substring(line.indexOf('/') + 1));
        } else if (command.startsWith("/")) {
            screen.note("there is no " + command + "; /help lists the commands");
        } else if (!command.isEmpty()) {
            send(line);
        }
    }

    private void talkIn(String command, String id, LongFunction<Conversation> conversation) {
        try {
            current = conversation.apply(Ids.parse(command, id));
            showHistory();
        } catch (RequestRejectedException e) {
            screen.note(e.detail());
        }
    }

    private void send(String text) {
        Conversation to = current;
        if (to == null) {
            screen.note(NOBODY);
            return;
        }
        follow(client.send(to, "text/plain", text).thenAccept(sent -> screen.stored(text, sent.sendTime())));
    }

    private void showHistory() {
        Conversation with = current;
        if (with == null) {
            screen.note(NOBODY);
            return;
        }
        follow(client.history(with, HISTORY).thenAccept(messages -> {
            screen.note(messages.isEmpty() ? "nothing was said with " + name(with) + " yet" : "with " + name(with));
            messages.forEach(screen::message);
        }));
    }

    private void showUnread() {
        Conversation shown = current;
        follow(client.unread().thenAccept(all -> {
            List<UnreadConversation> unread = all.stream()
                    .filter(conversation -> conversation.count() > 0)
                    .filter(conversation -> !conversation.conversation().equals(shown))
                    .toList();
            unread.stream()
                    .limit(UNREAD_SHOWN)
                    .forEach(conversation ->
                            screen.note(conversation.count() + " unread from " + name(conversation.conversation())));
            if (unread.size() > UNREAD_SHOWN) {
                screen.note("and in " + (unread.size() - UNREAD_SHOWN) + " conversations more");
            } else if (unread.isEmpty()) {
                screen.note("nothing unread elsewhere");
            }
        }));
    }

    private String name(Conversation conversation) {
        return conversation instanceof Conversation.Session session
                ? Long.toString(session.partnerOf(settings.userId()))
                : "group " + conversation.key();
    }

    /** Answers come in the order of what is typed, since everything runs over one connection; errors are shown. */
    private void follow(CompletableFuture<Void> answer) {
        underway.register();
        answer.whenComplete((done, error) -> {
            if (error != null && !exitCode.isDone()) {
                Throwable cause = error.getCause() == null ? error : error.getCause();
                screen.note("not done: " + (cause instanceof LinboxClientException ? cause.getMessage() : cause));
            }
            underway.arriveAndDeregister();
        });
    }

    @Override
    public void message(Message message) {
        if (!message.conversation().equals(current)) {
            screen.elsewhere(message, name(message.conversation()));
            return;
        }
        screen.message(message);
        if (message.senderId() != settings.userId()) {
            follow(client.read(message.conversation(), message.msgId()));
        }
    }

    @Override
    public void groupChanged(GroupChanged change) {
        changed(change.group(), change.msgId(), Wording.of(change), change.sendTime());
    }

    @Override
    public void messageChanged(MessageChanged change) {
        changed(change.conversation(), change.msgId(), Wording.of(change), change.sendTime());
    }

    private void changed(Conversation conversation, long msgId, String what, long sendTime) {
        if (conversation.equals(current)) {
            screen.event(what, sendTime);
            follow(client.read(conversation, msgId));
        } else {
            screen.event("(" + name(conversation) + ") " + what, sendTime);
        }
    }

    @Override
    public void connectionLost(ConnectionFailedException cause) {
        screen.note("connection lost; what you type is sent when it is back");
    }

    @Override
    public void connectionRestored() {
        screen.note("connected again");
    }

    @Override
    public void kicked(String reason) {
        screen.note("signed out by the server: " + reason);
        exitCode.complete(1);
    }

    @Override
    public void refused(RefusedException why) {
        screen.note("the server refuses to sign in again: " + why.getMessage());
        exitCode.complete(1);
    }
}
