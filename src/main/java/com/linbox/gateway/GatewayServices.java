package com.linbox.gateway;

import com.linbox.credential.ContentKeys;
import com.linbox.credential.Credentials;
import com.linbox.group.GroupIds;
import com.linbox.journal.RequestLog;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.ContentCipher;
import com.linbox.systemmessage.SystemMessageSettings;
import com.linbox.systemmessage.SystemMessages;
import com.linbox.tracing.Tracing;
import java.time.Clock;
import java.util.function.Supplier;

/** What the handlers of every connection share. */
record GatewayServices(
        String gatewayId,
        Supplier<GatewaySettings> liveSettings,
        Supplier<LimitSettings> limits,
        ContentCipher cipher,
        OpenConnections openConnections,
        Connections connections,
        Credentials credentials,
        ContentKeys contentKeys,
        SignInThrottle throttle,
        SessionKeeper sessionKeeper,
        SystemMessages systemMessages,
        Supplier<SystemMessageSettings> systemMessageSettings,
        CommandReader commands,
        GroupIds groupIds,
        RequestLog requestLog,
        Backpressure backpressure,
        UserBuckets userBuckets,
        PresenceWatch presenceWatch,
        Drain drain,
        GatewayMeters meters,
        Tracing tracing,
        Clock clock) {

    /** As they are now. */
    GatewaySettings settings() {
        return liveSettings.get();
    }
}
