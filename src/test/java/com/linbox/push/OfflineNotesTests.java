package com.linbox.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.linbox.message.Conversation;
import com.linbox.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfflineNotesTests {

    @ParameterizedTest
    @CsvSource({
        "hello, 5, hello",
        "hello, 4, hell",
        "hello, 0, ''",
        "héllo, 2, hé",
        "a😀b😀c, 2, a😀",
        "a😀b😀c, 4, a😀b😀",
        "😀😀, 2, 😀😀",
        "'', 3, ''",
    })
    void aPreviewIsCutBetweenCharacters(String content, int length, String preview) {
        assertThat(OfflineNotes.preview(message("text/plain", content), length)).isEqualTo(preview);
    }

    @Test
    void onlyTextsHaveAPreview() {
        assertThat(OfflineNotes.preview(message("Text/Markdown; charset=utf-8", "*hi*"), 10))
                .isEqualTo("*hi*");
        for (String type : new String[] {"image/png", "application/json", "text", "context/plain"}) {
            assertThat(OfflineNotes.preview(message(type, "hi"), 10)).as(type).isEmpty();
        }
    }

    private static Message message(String mimeType, String content) {
        return new Message(new Conversation.Session(1, 2), 1, 1, 1, mimeType, content, 0);
    }
}
