package com.linbox.store;

import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.WithEngines;

@WithEngines(MariaDbEngine.class)
class MariaDbMessageStoreTests extends MessageStoreContract {

    MariaDbMessageStoreTests(MariaDbEngine engine) {
        super(engine);
    }
}
