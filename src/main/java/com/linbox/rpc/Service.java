package com.linbox.rpc;

import java.util.Map;

/**
 * A service to be exported.
 *
 * @param type its interface
 * @param implementation what carries its calls out
 * @param advice what callers that do not say otherwise do: Dubbo's parameters for them, by name
 */
record Service<T>(Class<T> type, T implementation, Map<String, String> advice) {}
