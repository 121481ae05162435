package com.linbox.router;

import com.linbox.journal.Origin;
import com.linbox.protocol.ServerPacket;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request to change something.
 *
 * @param response to whoever asked
 * @param news what others are to learn of, null where nothing
 */
record Change(
        Origin origin, ServerPacket response, @Nullable News news) {}
