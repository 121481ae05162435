package com.linbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.dubbo.remoting.http12.exception.HttpStatusException;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.Test;

/** Callers who go on calling while an instance ends. */
class StoppingCallTests {

    @Test
    void aServiceThatIsTakenBackAlreadyIsNotAvailableAndNotUnknown() {
        FrameworkModel framework = new FrameworkModel();
        try {
            ListeningPlace place = new ListeningPlace("127.0.0.1", 0, null);
            framework.getBeanFactory().registerBean(place);
            HttpFaults faults = new HttpFaults(framework);
            assertThat(statusOf(faults)).isEqualTo(404);

            place.mayClose();

            assertThat(statusOf(faults)).isEqualTo(503);
        } finally {
            framework.destroy();
        }
    }

    @SuppressWarnings("NullAway") // neither is looked at
    private static int statusOf(HttpFaults faults) {
        return faults.handle(new HttpStatusException(404), null, null).getStatus();
    }
}
