package com.linbox.presence;

/** How many sessions a user may have: the one place that says so. At present one; the newest sign-in wins. */
final class SessionPolicy {

    /**
     * A Lua function for the scripts: whether two sessions of a user, each given as its stored value, cannot both be.
     *
     * @see StoredSession
     */
    static final String LUA = """
            local function rivals(one, other)
              return true
            end
            """;

    private SessionPolicy() {}
}
