import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of a cluster on loopback, for the tests: java Node.java FOLDER PORT NUMBER NODES. HTTP is at PORT + NUMBER. It runs until it is killed. */
public final class Node {
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        int number = Integer.parseInt(arguments[2]);
        int nodes = Integer.parseInt(arguments[3]);
        List<String> seeds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            seeds.add("127.0.0.1:" + (port + 100 + node));
            names.add("node-" + node);
        }
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1);
        runner.onBuild((first, settings) -> {
            settings.put("node.name", "node-" + number);
            settings.put("http.port", String.valueOf(port + number));
            settings.put("transport.port", String.valueOf(port + 100 + number));
            settings.put("network.host", "127.0.0.1");
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", names);
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).clusterName("diplo-test").numOfNode(1));
        Thread.currentThread().join();
    }
}
