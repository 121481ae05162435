package com.linbox.rpc;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A back end in any language: curl, as {@code src/docs/rpc.md} shows it. */
final class CurlCaller implements Caller {

    private final String base;
    private final String secret;

    CurlCaller(InetSocketAddress rpc, String secret) {
        this.base =
                "http://%s:%d/com.linbox.rpc.api.".formatted(rpc.getAddress().getHostAddress(), rpc.getPort());
        this.secret = secret;
    }

    @Override
    public JsonNode call(String service, String method, String json) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30"));
        command.addAll(List.of("-H", "content-type: application/json"));
        if (secret != null) {
            command.addAll(List.of("-H", "authorization: Bearer " + secret));
        }
        command.addAll(List.of("-d", json, base + service + "/" + method));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (curl.waitFor() != 0) {
            throw new AssertionError("curl: " + answer);
        }
        return JsonMapper.shared().readTree(answer);
    }

    @Override
    public void close() {}
}
