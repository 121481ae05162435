package com.linbox.rpc;

import tools.jackson.databind.JsonNode;

/** A back end that calls LINBOX: by whatever means, what it sends and gets is told in JSON. */
interface Caller extends AutoCloseable {

    /**
     * Calls and waits for the answer.
     *
     * @param service such as {@code MessageService}
     * @param json of the request
     * @return the answer's JSON, or an object of {@code code} and {@code message} where the call failed
     */
    JsonNode call(String service, String method, String json) throws Exception;

    @Override
    void close() throws Exception;
}
