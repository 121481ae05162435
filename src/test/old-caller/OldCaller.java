import com.linbox.im.interfaces.IIMService;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.rpc.RpcContext;

/**
 * A back end that was built against the original LINBOX, with Dubbo 2.7. Compiled and run by RpcIT. Arguments: ZooKeeper's
 * address, the secret, sender, recipient; the sender's group has the sender's id. Prints a line for each call.
 */
public class OldCaller {

    private interface Call {
        Object run() throws Exception;
    }

    private static String secret;

    public static void main(String[] args) throws Exception {
        ApplicationConfig application = new ApplicationConfig("old-caller");
        application.setQosEnable(false);
        RegistryConfig registry = new RegistryConfig("zookeeper://" + args[0]);
        registry.setFile("target/old-caller/registry.cache");
        registry.setUseAsConfigCenter(false);
        registry.setUseAsMetadataCenter(false);
        ReferenceConfig<IIMService> reference = new ReferenceConfig<>();
        reference.setApplication(application);
        reference.setRegistry(registry);
        reference.setInterface(IIMService.class);
        IIMService linbox = reference.get();
        secret = args[1];
        String from = args[2];
        String to = args[3];
        print("getIMServerList", () -> linbox.getIMServerList());
        print("getPassword", () -> linbox.getPassword(Long.parseLong(from)));
        print("sendMessage", () -> {
            linbox.sendMessage(from, to, "text/plain", "from an old caller", 2, from);
            return "done";
        });
        print("sendMessage to a group", () -> {
            linbox.sendMessage(from, from, "text/plain", "to a group", 3, from);
            return "done";
        });
        print("sendMessage to a group of others", () -> {
            linbox.sendMessage(from, "77", "text/plain", "x", 3, from);
            return "done";
        });
        print("sendMessage to nobody", () -> {
            linbox.sendMessage(from, "nobody", "text/plain", "x", 2, from);
            return "done";
        });
        print("sendSystemMessage", () -> {
            linbox.sendSystemMessage(to, 7, "system of an old caller");
            return "done";
        });
        print("generateGroupId", () -> linbox.generateGroupId());
        print("generateGroupId again", () -> linbox.generateGroupId());
        secret = "another secret altogether";
        print("wrong secret", () -> linbox.generateGroupId());
        System.exit(0);
    }

    private static void print(String name, Call call) {
        RpcContext.getContext().setAttachment("authorization", "Bearer " + secret);
        String result;
        try {
            result = String.valueOf(call.run());
        } catch (Exception e) {
            result = e.getClass().getName() + ": " + e.getMessage() + " " + e.getStackTrace().length;
        }
        System.out.println("RESULT " + name + " = " + result.replace('\n', ' '));
    }
}
