package com.linbox.console;

import com.linbox.console.AuditLog.Action;
import com.linbox.console.ConsoleMeters.Change;
import com.linbox.journal.DeadLetter;
import com.linbox.journal.DeadLetterArchive;
import com.linbox.journal.Origin;
import com.linbox.redis.RedisUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Lists dead letters, shows one and sends it again. */
final class DeadLetterCalls {

    /** What is shown of a record's value. */
    static final int SHOWN_BYTES = 64 * 1024;

    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 100;

    private final DeadLetterArchive archive;
    private final ReplayMarks marks;
    private final ConsoleMeters meters;
    private final AuditLog audit;
    private final Clock clock;

    DeadLetterCalls(DeadLetterArchive archive, ReplayMarks marks, ConsoleMeters meters, AuditLog audit, Clock clock) {
        this.archive = archive;
        this.marks = marks;
        this.meters = meters;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param arrivedAt in milliseconds since the epoch */
    record Asker(String packet, String gatewayId, String userId, String device, long arrivedAt, boolean backEnd) {}

    /**
     * A letter as it is shown.
     *
     * @param id {@code partition@offset} in {@code linbox.dead}
     * @param topic to which it can be sent again; null where that is not known
     * @param replayed that it was sent again; null where it was not, and where Redis does not say
     */
    record Letter(
            String id,
            int partition,
            String offset,
            long buriedAt,
            String place,
            @Nullable String topic,
            String cause,
            @Nullable Asker origin,
            @Nullable String replayOf,
            String key,
            int bytes,
            Map<String, String> headers,
            ReplayMarks.@Nullable Mark replayed) {}

    /**
     * A page of them, newest first.
     *
     * @param older what to ask with for the next; null where there is none
     * @param replaysKnown whether Redis said which were sent again
     */
    record Page(List<Letter> letters, @Nullable String older, boolean replaysKnown) {}

    /** {@code GET /dead-letters?before=&limit=}. */
    ServerResponse list(ServerRequest request) {
        int limit = (int) Numbers.parse("limit", request.param("limit").orElse(Integer.toString(PAGE)), LARGEST_PAGE);
        DeadLetterArchive.Page page;
        try {
            page = archive.newest(request.param("before").orElse(null), Math.max(1, limit));
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong(String.valueOf(e.getMessage()));
        }
        Map<String, ReplayMarks.Mark> replayed =
                marks(page.letters().stream().map(DeadLetterCalls::id).toList());
        return ServerResponse.ok()
                .body(new Page(
                        page.letters().stream()
                                .map(letter -> shown(letter, replayed == null ? null : replayed.get(id(letter))))
                                .toList(),
                        page.older(),
                        replayed != null));
    }

    /** Null where Redis does not say: the letters are no less worth seeing. */
    private @Nullable Map<String, ReplayMarks.Mark> marks(List<String> ids) {
        try {
            return marks.of(ids);
        } catch (RedisUnavailableException e) {
            return null;
        }
    }

    private static String id(DeadLetter letter) {
        return letter.partition() + "@" + letter.offset();
    }

    private static Letter shown(DeadLetter letter, ReplayMarks.@Nullable Mark replayed) {
        return new Letter(
                id(letter),
                letter.partition(),
                Long.toString(letter.offset()),
                letter.buriedAt(),
                letter.place(),
                letter.topic() == null ? null : letter.topic().topicName(),
                letter.cause(),
                asker(letter.origin()),
                letter.replayOf(),
                letter.key(),
                letter.bytes(),
                letter.headers(),
                replayed);
    }

    private static @Nullable Asker asker(@Nullable Origin origin) {
        return origin == null
                ? null
                : new Asker(
                        origin.type().wireName(),
                        origin.gatewayId(),
                        Long.toString(origin.userId()),
                        origin.device(),
                        origin.arrivedAt(),
                        origin.trusted());
    }

    /**
     * A letter with what it says.
     *
     * @param text its value, or the first 64 KiB of it; in hexadecimal where it is no UTF-8
     */
    record Whole(Letter letter, String text, boolean hex, boolean cut) {}

    /** {@code GET /dead-letters/{partition}/{offset}}: somebody's message, as a rule, so that it is noted who has seen it. */
    ServerResponse show(ServerRequest request) {
        int partition = partition(request);
        long offset = offset(request);
        DeadLetterArchive.Content content = archive.find(partition, offset);
        if (content == null) {
            throw Refusal.notFound("there is no such dead letter any more");
        }
        String id = id(content.letter());
        audit.done(ConsoleGuard.operator(request), Action.DEAD_LETTER_SHOWN, id, null, null);
        Map<String, ReplayMarks.Mark> replayed = marks(List.of(id));
        byte[] value = content.value();
        boolean cut = value.length > SHOWN_BYTES;
        ByteBuffer part = ByteBuffer.wrap(value, 0, Math.min(value.length, SHOWN_BYTES));
        String text = text(part, cut);
        return ServerResponse.ok()
                .body(new Whole(
                        shown(content.letter(), replayed == null ? null : replayed.get(id)),
                        text == null ? HexFormat.of().formatHex(value, 0, part.limit() / 2) : text,
                        text == null,
                        cut));
    }

    /** Null where it is none. What was cut within a character ends before it. */
    private static @Nullable String text(ByteBuffer bytes, boolean cut) {
        int tries = cut ? 4 : 1;
        for (int less = 0; less < tries && less <= bytes.limit(); less++) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(bytes.duplicate().limit(bytes.limit() - less))
                        .toString();
            } catch (CharacterCodingException e) {
                // Perhaps one byte less is text.
            }
        }
        return null;
    }

    /** {@code POST /dead-letters/{partition}/{offset}/replay}: sent again to the topic that it came from. */
    ServerResponse replay(ServerRequest request) {
        Operator who = ConsoleGuard.operator(request);
        int partition = partition(request);
        long offset = offset(request);
        String id = partition + "@" + offset;
        try {
            if (!archive.replay(partition, offset)) {
                throw Refusal.notFound("there is no such dead letter any more");
            }
        } catch (IllegalStateException e) {
            audit.refused(who, Action.DEAD_LETTER_REPLAYED, id, null, null, e.getMessage());
            throw new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            audit.refused(who, Action.DEAD_LETTER_REPLAYED, id, null, null, e.getMessage());
            throw e;
        }
        meters.changed(Change.REPLAY);
        audit.done(who, Action.DEAD_LETTER_REPLAYED, id, null, null);
        ReplayMarks.Mark mark = new ReplayMarks.Mark(clock.millis(), who.session());
        try {
            marks.mark(id, mark);
        } catch (RedisUnavailableException e) {
            throw new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "It was sent again, but the list will not show it: Redis did not take the note");
        }
        return ServerResponse.ok().body(mark);
    }

    private static int partition(ServerRequest request) {
        return (int) Numbers.parse("partition", request.pathVariable("partition"), 100_000);
    }

    private static long offset(ServerRequest request) {
        return Numbers.parse("offset", request.pathVariable("offset"), Long.MAX_VALUE);
    }
}
