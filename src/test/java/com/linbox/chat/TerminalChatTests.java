package com.linbox.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.client.TestServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TerminalChatTests {

    private static final long ALICE = 1001;
    private static final long BOB = 1002;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private TestServer server;
    private CompletableFuture<Integer> exitCode;

    @BeforeEach
    void startServer() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() throws IOException {
        keyboard.close();
        server.close();
    }

    private void start(Long to) throws IOException {
        start(to, null);
    }

    private void start(Long to, Long group) throws IOException {
        var settings = new ChatSettings(
                ALICE,
                to,
                group,
                "127.0.0.1",
                server.port(),
                false,
                null,
                "t0k3n",
                null,
                "medtree-im-passw",
                "terminal");
        var in = new BufferedReader(new InputStreamReader(new PipedInputStream(keyboard), StandardCharsets.UTF_8));
        var chat = new TerminalChat(settings, in, new PrintStream(printed, true, StandardCharsets.UTF_8));
        exitCode = CompletableFuture.supplyAsync(() -> {
            try {
                return chat.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private String screen() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void awaitScreen(String... texts) {
        await().untilAsserted(() -> assertThat(screen()).contains(texts));
    }

    private int end() throws Exception {
        return exitCode.get(20, TimeUnit.SECONDS);
    }

    @Test
    void theStartShowsHistoryAndWhatIsUnreadElsewhere() throws Exception {
        server.say(BOB, ALICE, "hello");
        server.say(ALICE, BOB, "hello yourself");
        server.say(1003, ALICE, "psst");
        start(BOB);

        awaitScreen("signed in as 1001", "1 unread from 1003", "1002: hello", "me: hello yourself");
        assertThat(screen()).doesNotContain("psst", "unread from 1002");
    }

    @Test
    void aTypedLineIsTickedOffWhenTheServerHasStoredIt() throws Exception {
        start(BOB);
        type("你好 😀");

        awaitScreen("✓ 你好 😀");
        assertThat(server.stored(ALICE, BOB)).containsExactly("你好 😀");
    }

    @Test
    void whatThePartnerSaysAppearsAndIsMarkedAsRead() throws Exception {
        start(BOB);
        awaitScreen("nothing was said with 1002 yet");
        server.say(BOB, ALICE, "live");
        server.say(1003, ALICE, "aside");

        awaitScreen("1002: live", "(1003) aside");
        await().until(() -> server.readPosition(ALICE, BOB) == 1);
        assertThat(server.readPosition(ALICE, 1003)).isZero();
    }

    @Test
    void commandsDoWhatHelpSays() throws Exception {
        server.say(1003, ALICE, "from three");
        start(null);
        awaitScreen("to whom?", "1 unread from 1003");
        type("/help");
        awaitScreen("/history", "/unread", "/quit");
        type("nobody hears this");
        type("/to somebody");
        awaitScreen("/to: somebody (expected: decimal digits");
        type("/to 1003");
        awaitScreen("with 1003", "1003: from three");
        type("//slash");
        awaitScreen("✓ /slash");
        type("/unread");
        awaitScreen("nothing unread elsewhere");
        type("/nonsense");
        awaitScreen("there is no /nonsense");
        type("/quit");

        assertThat(end()).isZero();
        assertThat(server.stored(ALICE, 1003)).containsExactly("from three", "/slash");
    }

    @Test
    void inAGroupOneReadsWhatIsSaidAndWhatHappens() throws Exception {
        server.change(77, BOB, "create", BOB, ALICE);
        server.sayIn(77, BOB, "hi all");
        start(null, 77L);
        awaitScreen("with group 77", "* 1002 made the group", "1002: hi all");
        type("hello");
        awaitScreen("✓ hello");
        server.change(77, BOB, "add", 1003);
        awaitScreen("* 1002 added 1003");
        server.sayIn(77, 1003, "thanks");
        awaitScreen("1003: thanks");
        server.change(77, BOB, "remove", 1003);
        awaitScreen("* 1002 removed 1003");

        assertThat(server.storedIn(77)).contains("hello");
    }

    @Test
    void theEndOfTheInputWaitsForTheServer() throws Exception {
        start(BOB);
        for (int i = 0; i < 50; i++) {
            type("line " + i);
        }
        keyboard.close();

        assertThat(end()).isZero();
        assertThat(server.stored(ALICE, BOB)).hasSize(50);
        assertThat(screen()).contains("✓ line 49");
    }

    @Test
    void aLostConnectionIsToldAndWhatIsTypedMeanwhileArrives() throws Exception {
        start(BOB);
        awaitScreen("nothing was said");
        server.signInStatus = 503;
        server.cutEverybody();
        awaitScreen("connection lost");
        type("still there?");
        server.signInStatus = 200;

        awaitScreen("connected again", "✓ still there?");
    }

    @Test
    void aKickEndsTheChatWithItsReason() throws Exception {
        start(BOB);
        awaitScreen("nothing was said");
        server.kick(ALICE, "signed in elsewhere");

        assertThat(end()).isEqualTo(1);
        assertThat(screen()).contains("signed out by the server: signed in elsewhere");
    }

    @Test
    void aRefusedSignInIsToldInOneLine() throws Exception {
        server.signInStatus = 401;
        start(BOB);

        assertThat(end()).isEqualTo(1);
        assertThat(screen()).isEqualToIgnoringNewLines("-- the server refuses the sign-in: 401: User is not certified");
    }

    @Test
    void aServerThatIsNotThereIsToldInOneLine() throws Exception {
        server.close();
        start(BOB);

        assertThat(end()).isEqualTo(1);
        assertThat(screen().lines()).hasSize(1);
        assertThat(screen()).contains("cannot connect to 127.0.0.1:" + server.port(), "is the server running there?");
    }

    @Test
    void nobodyCommandsTheTerminalFromAfar() throws Exception {
        start(BOB);
        awaitScreen("nothing was said");
        server.say(BOB, ALICE, "\u001b[2J\u0007gone\nnext line");

        awaitScreen("gone\uFFFDnext line");
        assertThat(screen()).doesNotContain("\u001b", "\u0007");
    }
}
