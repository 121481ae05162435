package com.linbox.store;

import com.linbox.testing.H2Engine;
import com.linbox.testing.WithEngines;

@WithEngines(H2Engine.class)
class H2MessageStoreTests extends MessageStoreContract {

    H2MessageStoreTests(H2Engine engine) {
        super(engine);
    }
}
