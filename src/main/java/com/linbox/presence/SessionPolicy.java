package com.linbox.presence;

import com.linbox.presence.PresenceSettings.Devices;

/** How many sessions a user may have, and which exclude each other: the one place that says so. The newest sign-in wins. */
final class SessionPolicy {

    /** Of a session's stored value, as {@link StoredSession} tells it. A client that does not say who it is has none. */
    private static final String PARTS = """
            local function since(value)
              return tonumber(string.match(value, '^%d+'))
            end
            local function device(value)
              return string.lower(string.match(value, '^%d+ [12][/%d]* (.*)$') or string.match(value, '^%d+ (.*)$'))
            end
            local function registration(value)
              return tonumber(string.match(value, '^%d+ [12]/(%d+)[/ ]') or '0')
            end
            local function client(value)
              return string.match(value, '^%d+ [12]/%d+/(%d+)/')
            end
            local function attempt(value)
              return tonumber(string.match(value, '^%d+ [12]/%d+/%d+/(%d+) '))
            end
            local function sameclient(one, other)
              return client(one) ~= nil and client(one) == client(other)
            end
            """;

    /**
     * What has to go for a new session to have a place: first the sessions that exclude it, then the oldest ones over the limit.
     * Both are lists of { field, value }.
     */
    private static final String LOSERS = """
            local function losers(sessions, field, value, most)
              local gone, left = {}, {}
              for i = 1, #sessions, 2 do
                if sessions[i] ~= field then
                  local list = rivals(sessions[i + 1], value) and gone or left
                  list[#list + 1] = { sessions[i], sessions[i + 1] }
                end
              end
              table.sort(left, function(a, b) return since(a[2]) < since(b[2]) end)
              for i = 1, #left + 1 - most do
                gone[#gone + 1] = left[i]
              end
              return gone
            end
            """;

    private final Devices devices;
    private final int most;

    SessionPolicy(PresenceSettings settings) {
        this.devices = settings.devices();
        this.most = settings.maxDevices();
    }

    /**
     * Lua functions for the scripts: {@code since(value)}, {@code registration(value)} and {@code attempt(value)} of a session's
     * stored value, {@code sameclient(one, other)} of two, and {@code losers(sessions, field, value, most)}, which gives the sessions that lose their place to the one with this field and value.
     *
     * @see StoredSession
     */
    String lua() {
        String rivals =
                switch (devices) {
                    case ONE -> "true";
                    case ONE_PER_DEVICE_TYPE -> "device(one) == device(other)";
                    case MANY -> "false";
                };
        return PARTS + "local function rivals(one, other)\n  return sameclient(one, other) or " + rivals + "\nend\n"
                + LOSERS;
    }

    /** How many sessions a user may have. */
    int most() {
        return most;
    }
}
