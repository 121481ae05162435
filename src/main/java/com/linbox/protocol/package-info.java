/**
 * The wire protocol: packets and their JSON, frames and their codec, the ciphers of the versions. It holds no sockets, logs
 * nothing and counts nothing: the decoder reports what it saw, a handler elsewhere decides.
 *
 * <p>Starting points: {@link com.linbox.protocol.PacketType}, {@link com.linbox.protocol.FrameDecoder}, {@link com.linbox.protocol.WebSocketFrameDecoder},
 * {@link com.linbox.protocol.PacketJson}, {@link com.linbox.protocol.ContentCipher}. The protocol itself is written down
 * in {@code src/docs/protocol.md}.
 */
@ApplicationModule(allowedDependencies = {"message", "group", "settings"})
@NullMarked
package com.linbox.protocol;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
