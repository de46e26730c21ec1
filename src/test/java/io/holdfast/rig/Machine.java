package io.holdfast.rig;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What rig and benchmark run on, and what their own process used of it. */
public final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final long GIBIBYTE = 1L << 30;

    private Machine() {}

    /** Cores, memory, system and JDK in one line. */
    public static String line() {
        return "%d cores, %d GiB, %s %s %s, JDK %s"
                .formatted(
                        SYSTEM.getAvailableProcessors(),
                        Math.round((double) SYSTEM.getTotalMemorySize() / GIBIBYTE),
                        SYSTEM.getName(),
                        SYSTEM.getVersion(),
                        SYSTEM.getArch(),
                        Runtime.version());
    }

    /** The processor time of this process since its start: driver, simulator and checker. */
    public static Duration processorTime() {
        return Duration.ofNanos(SYSTEM.getProcessCpuTime());
    }
}
