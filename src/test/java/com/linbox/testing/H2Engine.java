package com.linbox.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** H2 in files and in this JVM, as stand-alone has it. */
public final class H2Engine implements SqlEngine {

    private @Nullable Database shared;

    @Override
    public void start() throws IOException {
        if (shared == null) {
            shared = newDatabase();
        }
    }

    @Override
    public Map<String, String> properties() {
        return shared.springProperties();
    }

    @Override
    public Database newDatabase() throws IOException {
        Path folder = TemporaryFolder.create("h2");
        return new Database(url(folder.resolve("linbox")), "sa", "");
    }

    /** The URL by which stand-alone opens the database whose files begin with this path. */
    public static String url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath()
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
                + ";MAX_LENGTH_INPLACE_LOB=65536;PAGE_SIZE=2048;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
    }
}
