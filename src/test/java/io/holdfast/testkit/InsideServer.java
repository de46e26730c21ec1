package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prepares the server that Arquillian starts: a copy of the built one without its application, and a database.
 *
 * <p>Does nothing in a run without such a test. The variables go into the server's own server.env, under target, because
 * Arquillian starts the server with no environment but ours.
 */
public final class InsideServer implements TestExecutionListener {
    private @Nullable LocalDatabase database;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        boolean needed = plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .anyMatch(InsideServer::runsInside);
        if (needed) {
            database = LocalDatabase.startTemporary();
            prepare(database);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (database != null) {
            database.close();
        }
    }

    private static boolean runsInside(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass().getAnnotation(ExtendWith.class))
                .filter(extensions -> List.of(extensions.value()).contains(ArquillianExtension.class))
                .isPresent();
    }

    private static void prepare(LocalDatabase database) {
        int port = Ports.free();
        String name = "inside-" + port;
        Path user = Path.of("target", "servers", name).toAbsolutePath();
        Path server = user.resolve("servers").resolve(name);
        try {
            Path built = ServerProcess.built().resolve("usr/servers/holdfast");
            Folders.delete(user);
            Folders.copy(built, server, List.of("logs", "workarea", "apps", "server.xml", "server.env"));
            Files.createDirectories(server.resolve("apps"));
            Files.writeString(server.resolve("server.xml"), withoutApplication(built.resolve("server.xml")));
            Folders.writeSecret(server.resolve("server.env"), lines(environment(database, port, server)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("holdfast.inside.home", ServerProcess.built().toString());
        System.setProperty("holdfast.inside.usr", user.toString());
        System.setProperty("holdfast.inside.server", name);
        System.setProperty("holdfast.inside.port", Integer.toString(port));
    }

    /** Arquillian deploys the application itself, by writing it into server.xml, and tells nobody. */
    private static String withoutApplication(Path file) throws IOException {
        return Files.readString(file)
                .replaceAll("(?s)<webApplication.*?</webApplication>", "")
                .replaceAll("<applicationMonitor[^>]*/>", "<applicationMonitor updateTrigger=\"mbean\"/>")
                .replaceAll("<config [^>]*/>", "<config updateTrigger=\"polled\" monitorInterval=\"500ms\"/>")
                .replace("</featureManager>", "<feature>localConnector-1.0</feature></featureManager>");
    }

    private static Map<String, String> environment(LocalDatabase database, int port, Path server) {
        Map<String, String> all = new TreeMap<>(database.environment());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("HOLDFAST_NODE_ID", "inside");
        int internal = Ports.free();
        all.put("HOLDFAST_NODE_URL", "http://127.0.0.1:" + internal);
        all.put("HOLDFAST_HTTP_PORT", Integer.toString(port));
        all.put("HOLDFAST_INTERNAL_PORT", Integer.toString(internal));
        all.put("HOLDFAST_VAULT_KEYSET_FILE", server.resolve("vault.keyset").toString());
        all.put(
                "HOLDFAST_BOOTSTRAP_SECRET_FILE",
                server.resolve("bootstrap.secret").toString());
        // Nothing listens there: a test inside that calls Telegram is refused at once and reaches nobody.
        all.put("HOLDFAST_TELEGRAM_API_URL", "http://127.0.0.1:" + Ports.free());
        return all;
    }

    private static String lines(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
