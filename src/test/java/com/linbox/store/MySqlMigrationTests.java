package com.linbox.store;

import com.linbox.testing.MySqlEngine;
import com.linbox.testing.WithEngines;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
@WithEngines(MySqlEngine.class)
class MySqlMigrationTests extends MigrationContract {

    MySqlMigrationTests(MySqlEngine engine) {
        super(engine, 5);
    }

    @Override
    List<String> originalTables() {
        return OriginalTables.MYSQL;
    }
}
