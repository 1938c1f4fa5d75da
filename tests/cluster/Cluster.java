import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of several OpenSearch nodes in this process, on loopback alone, for the tests: java Cluster.java FOLDER PORT NODES.
 *
 * Commands on stdin: "stop N" and "start N" a node (from 0), each answered by "done"; the end of stdin ends the cluster.
 */
public final class Cluster {
    public static void main(String[] arguments) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        int port = Integer.parseInt(arguments[1]);
        int nodes = Integer.parseInt(arguments[2]);
        List<String> seeds = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            seeds.add("127.0.0.1:" + (port + 100 + node));
        }
        runner.setMaxHttpPort(-1);
        runner.onBuild((number, settings) -> {
            settings.put("http.port", String.valueOf(port + number));
            settings.put("transport.port", String.valueOf(port + 100 + number));
            settings.put("network.host", "127.0.0.1");
            settings.putList("discovery.seed_hosts", seeds);
            settings.putList("cluster.initial_cluster_manager_nodes", List.of("Node 1")); // it is up before the others start
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("cluster.fault_detection.leader_check.retry_count", 1);
            settings.put("cluster.fault_detection.follower_check.retry_count", 1);
        });
        runner.build(OpenSearchRunner.newConfigs().basePath(arguments[0]).clusterName("diplo-test")
            .numOfNode(nodes).baseHttpPort(port));
        runner.ensureGreen();
        System.err.println("diplo: the cluster is up");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[1]);
            if (words[0].equals("stop")) {
                runner.getNode(number).close();
            } else {
                runner.startNode(number);
            }
            System.err.println("diplo: done " + line);
        }
        runner.close();
        System.exit(0);
    }
}
