package com.linbox.store;

import com.linbox.testing.MariaDbEngine;
import com.linbox.testing.WithEngines;
import java.util.List;

@WithEngines(MariaDbEngine.class)
class MariaDbMigrationTests extends MigrationContract {

    MariaDbMigrationTests(MariaDbEngine engine) {
        super(engine, 5);
    }

    @Override
    List<String> originalTables() {
        return OriginalTables.MYSQL;
    }
}
