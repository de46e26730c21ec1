package io.holdfast.rig;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The proxies on both links of one server: to Telegram, for its calls and for the deliveries to it, and to the database. */
final class Links implements AutoCloseable {

    /** What can be hurt as one. */
    enum Link {
        TELEGRAM,
        DATABASE
    }

    private final List<FaultProxy> telegram = new ArrayList<>();
    private final List<FaultProxy> database = new ArrayList<>();

    /** Puts the proxies between; for {@link Rig.Plan}. The rig's own connections do not pass them. */
    void wire(Map<String, String> variables) {
        URI api = URI.create(variables.getOrDefault("HOLDFAST_TELEGRAM_API_URL", ""));
        FaultProxy calls = add(telegram, api.getPort());
        FaultProxy deliveries = add(telegram, port(variables, "HOLDFAST_HTTP_PORT"));
        FaultProxy sessions = add(database, port(variables, "HOLDFAST_DB_PORT"));
        variables.put("HOLDFAST_TELEGRAM_API_URL", "http://127.0.0.1:" + calls.port());
        variables.put("HOLDFAST_PUBLIC_URL", "http://127.0.0.1:" + deliveries.port());
        variables.put("HOLDFAST_DB_PORT", Integer.toString(sessions.port()));
    }

    private static FaultProxy add(List<FaultProxy> link, int target) {
        FaultProxy proxy = new FaultProxy(target);
        link.add(proxy);
        return proxy;
    }

    private static int port(Map<String, String> variables, String name) {
        return Integer.parseInt(variables.getOrDefault(name, ""));
    }

    void play(Link link, LinkScript script) {
        proxies(link).forEach(proxy -> proxy.play(script));
    }

    /** How many connections of the link scripts have struck so far. */
    long struck(Link link) {
        return proxies(link).stream().mapToLong(FaultProxy::struck).sum();
    }

    private List<FaultProxy> proxies(Link link) {
        return link == Link.TELEGRAM ? telegram : database;
    }

    @Override
    public void close() {
        telegram.forEach(FaultProxy::close);
        database.forEach(FaultProxy::close);
    }
}
