package com.linbox.e2e;

import java.net.InetSocketAddress;

/** Bad input at a stand-alone server whose time limits are short. */
class StandaloneBadInputIT extends BadInputScenarios {

    @Override
    protected InetSocketAddress gateway() {
        return StandaloneInTest.get().clients();
    }

    @Override
    protected double counted(String meter, String tag, String value) {
        return StandaloneInTest.get().counted(meter, tag, value);
    }

    @Override
    protected long idleTimeoutNanos() {
        return StandaloneInTest.IDLE_TIMEOUT.toNanos();
    }
}
