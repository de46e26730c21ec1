package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports of the loopback address. */
public final class Ports {
    private static final int MOST_ASKED = 50;
    /** What this process was given before; the system may offer a port again before its new owner has bound it. */
    private static final Set<Integer> GIVEN = new LinkedHashSet<>();

    private Ports() {}

    /** A port that is free now and that this process was not given before; the caller binds it soon. */
    public static synchronized int free() {
        for (int i = 0; i < MOST_ASKED; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("The system offers no port that was not used before");
    }

    /** True when nothing listens on the port of 127.0.0.1. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Names the process that listens on the port, where the system tells. */
    public static Optional<String> holder(int port) {
        Commands.Result result = Commands.run(List.of("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc"));
        if (!result.ok()) {
            result = Commands.run(List.of("ss", "-Hltnp", "sport = :" + port));
        }
        return holderIn(result.output());
    }

    /** Reads what lsof or ss print. */
    static Optional<String> holderIn(String output) {
        Matcher lsof = Pattern.compile("p(\\d+)\\s+c(\\S[^\n]*)").matcher(output);
        if (lsof.find()) {
            return Optional.of("%s (process %s)".formatted(lsof.group(2).strip(), lsof.group(1)));
        }
        Matcher ss = Pattern.compile("\\(\"([^\"]+)\",pid=(\\d+)").matcher(output);
        return ss.find() ? Optional.of("%s (process %s)".formatted(ss.group(1), ss.group(2))) : Optional.empty();
    }
}
