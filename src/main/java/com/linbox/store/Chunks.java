package com.linbox.store;

import com.linbox.message.Message;
import java.util.ArrayList;
import java.util.List;

/** Cuts rows into what one INSERT carries: of one table, and within bounds that every engine's packets have room for. */
final class Chunks {

    /** Beyond some hundreds a row costs no less, and one statement should not hold the server for long. */
    static final int MAX_ROWS = 500;

    /** In UTF-16 characters; as UTF-8 and escaped at most 8 MiB, and MariaDB's max_allowed_packet is 16 MiB by default. */
    static final int MAX_CONTENT = 1 << 20;

    private Chunks() {}

    /** The rows of one table in their order, first those of {@link MessageTable#SESSION}. */
    static List<List<Message>> of(List<Message> messages) {
        List<List<Message>> chunks = new ArrayList<>(2);
        for (MessageTable table : MessageTable.values()) {
            List<Message> chunk = new ArrayList<>(Math.min(messages.size(), MAX_ROWS));
            int content = 0;
            for (Message message : messages) {
                if (MessageTable.of(message.conversation()) != table) {
                    continue;
                }
                int length = message.content().length();
                if (chunk.size() == MAX_ROWS || !chunk.isEmpty() && content + length > MAX_CONTENT) {
                    chunks.add(chunk);
                    chunk = new ArrayList<>(MAX_ROWS);
                    content = 0;
                }
                chunk.add(message);
                content += length;
            }
            if (!chunk.isEmpty()) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }
}
