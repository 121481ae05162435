package com.linbox.rpc;

import com.alibaba.fastjson2.JSON;
import com.linbox.rpc.api.CallerSecret;
import com.linbox.rpc.api.RequestFailedException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;

/**
 * A plain Java program that calls what it is told on its standard input, a line a call: service, method, JSON. Arguments:
 * ZooKeeper's address and the secret.
 */
final class DubboCallerProgram {

    static final String ANSWER = "ANSWER ";

    private final RegistryConfig registry;
    private final Map<String, Object> services = new HashMap<>();

    private DubboCallerProgram(String zooKeeper) {
        registry = new RegistryConfig("zookeeper://" + zooKeeper);
        registry.setUseAsConfigCenter(false);
        registry.setUseAsMetadataCenter(false);
        registry.setParameters(Map.of("file.cache", "false"));
    }

    public static void main(String[] args) throws Exception {
        System.setProperty("dubbo.application.logger", "slf4j");
        System.setProperty("dubbo.application.service-discovery.migration", "FORCE_INTERFACE");
        ApplicationConfig application = new ApplicationConfig("caller");
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        ApplicationModel.defaultModel().getApplicationConfigManager().setApplication(application);
        CallerSecret.use(ApplicationModel.defaultModel(), args[1]);
        DubboCallerProgram program = new DubboCallerProgram(args[0]);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] parts = line.split(" ", 3);
            System.out.println(ANSWER + program.call(parts[0], parts[1], parts[2]));
        }
        System.exit(0);
    }

    private String call(String service, String methodName, String json) throws Exception {
        Class<?> type = Class.forName("com.linbox.rpc.api." + service);
        Object proxy = services.computeIfAbsent(service, name -> reference(type));
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(methodName))
                .findFirst()
                .orElseThrow();
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(parameter -> JSON.parseObject(json, parameter))
                .toArray();
        try {
            return JSON.toJSONString(method.invoke(proxy, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RequestFailedException failure) {
                return JSON.toJSONString(Map.of("code", failure.code(), "message", failure.getMessage()));
            }
            e.getCause().printStackTrace();
            return JSON.toJSONString(
                    Map.of("code", "UNEXPECTED", "message", e.getCause().toString()));
        }
    }

    private <T> T reference(Class<T> type) {
        ReferenceConfig<T> reference = new ReferenceConfig<>();
        reference.setRegistry(registry);
        reference.setInterface(type);
        return reference.get();
    }
}
