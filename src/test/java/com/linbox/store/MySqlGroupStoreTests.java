package com.linbox.store;

import com.linbox.testing.MySqlEngine;
import com.linbox.testing.WithEngines;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
@WithEngines(MySqlEngine.class)
class MySqlGroupStoreTests extends GroupStoreContract {

    MySqlGroupStoreTests(MySqlEngine engine) {
        super(engine);
    }
}
