package com.linbox.store;

import com.linbox.testing.H2Engine;
import com.linbox.testing.WithEngines;
import java.util.List;

@WithEngines(H2Engine.class)
class H2MigrationTests extends MigrationContract {

    H2MigrationTests(H2Engine engine) {
        super(engine, 1);
    }

    @Override
    List<String> originalTables() {
        return OriginalTables.H2;
    }
}
