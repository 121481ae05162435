package com.linbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.message.Conversation;
import com.linbox.message.Draft;
import com.linbox.message.Message;
import com.linbox.message.SendOutcome;
import com.linbox.testing.H2Engine;
import com.linbox.testing.SqlEngine.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stand-alone's promise: what was acked is there after kill -9. */
class H2CrashTests {

    private static final int CONVERSATIONS = 7;
    private static final int CRASHES = 3;
    private static final int BATCHES_BEFORE_CRASH = 40;

    /** Appends for ever, and prints each batch's request ids once it is stored. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) {
            Database database = new Database(H2Engine.url(Path.of(arguments[0])), "sa", "");
            HikariDataSource pool = TestDatabase.migratedPool(database);
            MessageStore store = new JdbcMessageStore(pool, new StoreMeters(new SimpleMeterRegistry()));
            Numbering numbering = new Numbering(100);
            for (long request = Long.parseLong(arguments[1]); ; request += 10) {
                List<Draft> drafts = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    drafts.add(draft(request + i));
                }
                assertThat(store.append(drafts, numbering, 0)).allMatch(SendOutcome.Stored.class::isInstance);
                System.out.println("acked "
                        + drafts.stream()
                                .map(draft -> Long.toString(draft.requestId()))
                                .collect(Collectors.joining(" ")));
                System.out.flush();
            }
        }

        private static Draft draft(long request) {
            return new Draft(conversation(request), 1, request, "text/plain", "content ".repeat(40));
        }

        private static Conversation conversation(long request) {
            long other = request % CONVERSATIONS;
            return other == 0 ? new Conversation.Group(1) : new Conversation.Session(1, 1 + other);
        }
    }

    @Test
    void everyAckedRowSurvivesKillMinusNine(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("linbox");
        Set<Long> acked = new HashSet<>();
        for (int crash = 1; crash <= CRASHES; crash++) {
            acked.addAll(writeUntilKilled(file, crash * 1_000_000L));
        }

        assertThat(acked).hasSizeGreaterThanOrEqualTo(CRASHES * BATCHES_BEFORE_CRASH * 10);
        try (HikariDataSource pool = TestDatabase.migratedPool(new Database(H2Engine.url(file), "sa", ""))) {
            MessageStore store = new JdbcMessageStore(pool, new StoreMeters(new SimpleMeterRegistry()));
            Set<Long> stored = new HashSet<>();
            for (int i = 0; i < CONVERSATIONS; i++) {
                List<Message> messages = store.pull(Writer.conversation(i), 0, Long.MAX_VALUE, Integer.MAX_VALUE);
                assertThat(messages.get(0).msgId()).isEqualTo(messages.size());
                messages.forEach(message -> stored.add(message.requestId()));
            }
            assertThat(stored).containsAll(acked);
        }
    }

    private static Set<Long> writeUntilKilled(Path file, long firstRequest) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Long.toString(firstRequest))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<Long> acked = new HashSet<>();
        try (BufferedReader output = writer.inputReader()) {
            int batches = 0;
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("acked ")) {
                    for (String request : line.substring("acked ".length()).split(" ")) {
                        acked.add(Long.parseLong(request));
                    }
                    if (++batches == BATCHES_BEFORE_CRASH) {
                        // SIGKILL. By its handle, which leaves the pipe open: what was printed in the meantime counts
                        // too.
                        writer.toHandle().destroyForcibly();
                    }
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        writer.waitFor();
        return acked;
    }
}
