package com.linbox.store;

import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.WithEngines;

@WithEngines(MariaDbEngine.class)
class MariaDbGroupStoreTests extends GroupStoreContract {

    MariaDbGroupStoreTests(MariaDbEngine engine) {
        super(engine);
    }
}
