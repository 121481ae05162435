package com.linbox.e2e;

import com.linbox.testing.BackEnd;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Nested;

/** Everything in one process, as {@code java -jar linbox.jar} runs it. */
class StandaloneMessagingIT extends MessagingScenarios {

    @Override
    protected InetSocketAddress gateway(int number) {
        return StandaloneInTest.get().clients();
    }

    @Nested
    class InGroups extends GroupScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return StandaloneInTest.get().clients();
        }
    }

    @Nested
    class OfVersionTwo extends VersionTwoScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return StandaloneInTest.get().clients();
        }
    }

    @Nested
    class UnreadCounts extends UnreadScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return StandaloneInTest.get().clients();
        }
    }

    @Nested
    class WithABackEnd extends SystemMessageScenarios {

        @Override
        protected InetSocketAddress gateway(int number) {
            return StandaloneInTest.get().clients();
        }

        @Override
        protected BackEnd backEnd() {
            return StandaloneInTest.get().backEnd();
        }
    }
}
