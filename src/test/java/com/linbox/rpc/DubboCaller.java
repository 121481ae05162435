package com.linbox.rpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A back end in Java with Dubbo 3, in a process of its own; see {@link DubboCallerProgram}. */
final class DubboCaller implements Caller {

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private DubboCaller(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static DubboCaller start(String zooKeeper, String secret) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path errors = Files.createDirectories(Path.of("target", "processes")).resolve("dubbo-caller.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx200m",
                        "-cp",
                        classPath,
                        DubboCallerProgram.class.getName(),
                        zooKeeper,
                        secret)
                .redirectError(errors.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new DubboCaller(process);
    }

    @Override
    public synchronized JsonNode call(String service, String method, String json) throws Exception {
        questions.println(service + " " + method + " " + json);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(DubboCallerProgram.ANSWER)) {
                return JsonMapper.shared().readTree(line.substring(DubboCallerProgram.ANSWER.length()));
            }
        }
        throw new AssertionError("the caller ended, see target/processes/dubbo-caller.log");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
