package com.linbox.protocol;

/** The packets that make up nearly all traffic, with a content of ordinary length. */
final class SamplePackets {

    static final String PASS_PHRASE = "medtree-im-passw";

    private SamplePackets() {}

    static MessageBody message(int contentLength) {
        return new MessageBody(
                3036676096000000078L,
                "1001",
                "1002",
                null,
                6L,
                "text/plain",
                "x".repeat(contentLength),
                1448553601000L,
                2);
    }

    static SendMsgRequest send(int contentLength) {
        return new SendMsgRequest(3036676096000000078L, "1001", "1002", null, message(contentLength), 2);
    }

    static NewMessage push(int contentLength) {
        return new NewMessage("1002", "1001", null, 2, message(contentLength));
    }

    static SendMsgResponse stored() {
        return new SendMsgResponse(
                3036676096000000078L,
                3036676096000000078L,
                "1001",
                "1002",
                null,
                6L,
                1448553601000L,
                2,
                ServerPacket.OK,
                null);
    }
}
