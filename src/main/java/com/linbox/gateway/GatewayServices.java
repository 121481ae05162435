package com.linbox.gateway;

import com.linbox.credential.ContentKeys;
import com.linbox.credential.Credentials;
import com.linbox.journal.RequestLog;
import com.linbox.presence.Presence;
import com.linbox.protocol.CommandReader;
import com.linbox.protocol.ContentCipher;
import java.time.Clock;

/** What the handlers of every connection share. */
record GatewayServices(
        String gatewayId,
        GatewaySettings settings,
        ContentCipher cipher,
        Connections connections,
        Credentials credentials,
        ContentKeys contentKeys,
        SignInThrottle throttle,
        Presence presence,
        SessionEnder sessionEnder,
        CommandReader commands,
        RequestLog requestLog,
        GatewayMeters meters,
        Clock clock) {}
