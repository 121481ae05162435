package com.linbox.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/** What becomes of a {@code java -jar linbox.jar} before Spring has it. */
public final class Launch {

    /** The argument that asks for a preparation in place of a start. */
    private static final String PREPARE = "prepare";

    private Launch() {}

    /**
     * Prepares the jar, if that is what the arguments ask for, or goes over to its prepared form, if there is one. Does not
     * return in the latter case.
     *
     * @param application a class of the application
     * @return whether LINBOX is still to be started
     */
    public static boolean isToStart(Class<?> application, String... arguments)
            throws IOException, InterruptedException {
        Path jar = jarOf(application);
        if (List.of(arguments).equals(List.of(PREPARE))) {
            if (jar == null) {
                throw new IOException("only a jar can be prepared");
            }
            new Preparation(PreparedJar.of(jar)).run();
            return false;
        }
        if (jar != null && PreparedJar.of(jar).isUsable()) {
            ProcessImage.replace(PreparedJar.of(jar));
        }
        return true;
    }

    private static @Nullable Path jarOf(Class<?> application) {
        File source = new ApplicationHome(application).getSource();
        return source != null && Files.isRegularFile(source.toPath())
                ? source.toPath().toAbsolutePath()
                : null;
    }
}
