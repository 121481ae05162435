package com.linbox.store;

import com.linbox.testing.H2Engine;
import com.linbox.testing.WithEngines;

@WithEngines(H2Engine.class)
class H2GroupStoreTests extends GroupStoreContract {

    H2GroupStoreTests(H2Engine engine) {
        super(engine);
    }
}
