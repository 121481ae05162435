package com.linbox.router;

import com.linbox.journal.JournalRecord;
import com.linbox.journal.Origin;
import com.linbox.message.ErrorCode;
import com.linbox.message.RequestRejectedException;
import com.linbox.protocol.Packet;
import com.linbox.protocol.PacketJson;
import com.linbox.protocol.PacketType;
import com.linbox.protocol.Request;
import com.linbox.tracing.Trail;

/** Reads the requests in records. */
final class Requests {

    private Requests() {}

    /** @throws RequestRejectedException where the record's JSON is not a request of its origin's type */
    static Request read(JournalRecord record) throws RequestRejectedException {
        return read(record.origin().type(), record.value());
    }

    /** The same, but where the JSON is of no use, a request without any fields: enough to answer it. */
    static Request readAnyhow(JournalRecord record) {
        try {
            return read(record);
        } catch (RequestRejectedException e) {
            return PacketJson.requestWithoutFields(record.origin().type());
        }
    }

    /** By what name it is followed in the logs. */
    static Trail trail(JournalRecord record) {
        return trail(record.origin(), readAnyhow(record));
    }

    static Trail trail(Origin origin, Request request) {
        return Trail.of(origin.userId(), request.rId(), origin.trace());
    }

    private static Request read(PacketType type, byte[] json) throws RequestRejectedException {
        Packet packet = PacketJson.read(type, json);
        if (packet instanceof Request request) {
            return request;
        }
        throw new RequestRejectedException(ErrorCode.UNSUPPORTED, "packet type: " + type.code());
    }
}
