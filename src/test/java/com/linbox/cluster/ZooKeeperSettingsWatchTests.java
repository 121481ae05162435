package com.linbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linbox.settings.ChangesWhileRunning;
import com.linbox.settings.Live;
import com.linbox.settings.LiveSettings;
import com.linbox.testing.TcpProxy;
import com.linbox.testing.WithEngines;
import com.linbox.testing.ZooKeeperEngine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

@WithEngines(ZooKeeperEngine.class)
class ZooKeeperSettingsWatchTests {

    /** What the change of a setting may take is a second; the rest is for a machine that has others to serve. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final CuratorFramework operator;
    private final TcpProxy zooKeeper;

    ZooKeeperSettingsWatchTests(ZooKeeperEngine engine) throws Exception {
        operator = CuratorFrameworkFactory.newClient(engine.connect(), new RetryForever(100));
        String[] address = engine.connect().split(":");
        zooKeeper = new TcpProxy(address[0], Integer.parseInt(address[1]));
    }

    @ConfigurationProperties("linbox.well")
    record WellSettings(
            @ChangesWhileRunning @DefaultValue("10") int depth) {}

    /** The two modules, without the others. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @ComponentScan(basePackages = {"com.linbox.settings", "com.linbox.cluster"})
    static class Application {}

    @BeforeEach
    void nothingIsSet() throws Exception {
        operator.start();
        if (operator.checkExists().forPath(ZooKeeperSettingsWatch.ROOT) != null) {
            operator.delete().deletingChildrenIfNeeded().forPath(ZooKeeperSettingsWatch.ROOT);
        }
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
        zooKeeper.close();
    }

    @Test
    void aNodeThatIsThereAtTheStartCounts() throws Exception {
        set("linbox.well.depth", "11");

        run(context -> assertThat(well(context).get().depth()).isEqualTo(11));
    }

    @Test
    void aNodeThatIsMadeChangedAndRemovedChangesTheSetting() throws Exception {
        run(context -> {
            Live<WellSettings> well = well(context);
            assertThat(well.get().depth()).isEqualTo(10);

            set("linbox.well.depth", "12");
            await().atMost(SOON).until(() -> well.get().depth() == 12);

            set("linbox.well.depth", " 13\n");
            await().atMost(SOON).until(() -> well.get().depth() == 13);

            operator.delete().forPath(path("linbox.well.depth"));
            await().atMost(SOON).until(() -> well.get().depth() == 10);
        });
    }

    @Test
    void whileZooKeeperIsAwayWhatItSaidLastHoldsAndAfterwardsItIsHeardAgain() throws Exception {
        set("linbox.well.depth", "14");
        run(context -> {
            Live<WellSettings> well = well(context);
            assertThat(well.get().depth()).isEqualTo(14);

            zooKeeper.refuse();
            CuratorFramework client = context.getBean(CuratorFramework.class);
            await().atMost(SOON).until(() -> !client.getZookeeperClient().isConnected());
            set("linbox.well.depth", "15");
            assertThat(well.get().depth()).isEqualTo(14);

            zooKeeper.restore();
            await().atMost(SOON).until(() -> well.get().depth() == 15);
        });
    }

    private interface Work {
        void in(ApplicationContext context) throws Exception;
    }

    private void run(Work work) {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "spring.profiles.active=router", "linbox.zookeeper.connect=127.0.0.1:" + zooKeeper.port())
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    work.in(context);
                });
    }

    private static Live<WellSettings> well(ApplicationContext context) {
        return context.getBean(LiveSettings.class).of(WellSettings.class);
    }

    private void set(String name, String value) throws Exception {
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        if (operator.checkExists().forPath(path(name)) == null) {
            operator.create().creatingParentsIfNeeded().forPath(path(name), data);
        } else {
            operator.setData().forPath(path(name), data);
        }
    }

    private static String path(String name) {
        return ZooKeeperSettingsWatch.ROOT + "/" + name;
    }
}
