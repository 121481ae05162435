package com.linbox.e2e;

import java.net.InetSocketAddress;

/** Everything in one process, as {@code java -jar linbox.jar} runs it. */
class StandaloneMessagingIT extends MessagingScenarios {

    @Override
    protected InetSocketAddress gateway(int number) {
        return StandaloneInTest.get().clients();
    }

    @Override
    protected BackEnd backEnd() {
        return StandaloneInTest.get().backEnd();
    }
}
