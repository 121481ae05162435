/**
 * Handles what clients ask for, a batch of requests at a time: stores messages, lists conversations, moves read
 * positions, pulls history, and tells those concerned. Holds nothing that another router could not work out for itself.
 *
 * <p>Starting points: {@link com.linbox.router.SendHandler} for what adds to conversations, {@link com.linbox.router.QueryHandler}
 * for everything else that is asked for, {@link com.linbox.router.FanoutHandler} for telling groups. All are guarded by {@link com.linbox.router.PoisonGuard}: an engine that is away holds a batch up
 * until it is back; a record that can never be handled is put aside.
 */
@ApplicationModule(
        allowedDependencies = {
            "message",
            "health",
            "metrics",
            "group",
            "tracing",
            "settings",
            "protocol",
            "journal",
            "store",
            "redis",
            "inbox",
            "outbox",
            "presence",
            "push",
            "systemmessage"
        })
@NullMarked
package com.linbox.router;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
