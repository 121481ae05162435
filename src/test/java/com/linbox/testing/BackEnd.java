package com.linbox.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A product's back end, which calls the rpc role with the JDK's HTTP client. */
public final class BackEnd {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public BackEnd(InetSocketAddress rpc) {
        this.base =
                "http://%s:%d/com.linbox.rpc.api.".formatted(rpc.getAddress().getHostAddress(), rpc.getPort());
    }

    /** Tells users something; gives how many sessions it is on its way to. */
    public int tell(int systemType, String content, long... users) throws Exception {
        String ids = Arrays.stream(users).mapToObj(user -> "'" + user + "'").collect(Collectors.joining(","));
        return call(
                        "MessageService/sendSystem",
                        "{'userIds':[%s],'systemType':%d,'content':'%s'}".formatted(ids, systemType, content))
                .path("sessions")
                .asInt();
    }

    /**
     * @param json with single quotes for double ones
     * @param moreHeaders names and values in turn
     */
    public JsonNode call(String method, String json, String... moreHeaders) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + method)).header("content-type", "application/json");
        if (moreHeaders.length > 0) {
            request.headers(moreHeaders);
        }
        HttpResponse<String> response = http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(method + ": " + response.statusCode() + " " + response.body());
        }
        return JsonMapper.shared().readTree(response.body());
    }
}
