package io.holdfast.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The class archive of an installation, made and used as docs/howto/run-the-server-zip.md says. */
public final class ClassArchive {
    private final Path installation;
    private final Path list;
    private final Path archive;

    /**
     * Names the files; nothing is made yet.
     *
     * @param installation the unpacked zip
     * @param folder where list and archive go
     */
    public ClassArchive(Path installation, Path folder) {
        this.installation = installation;
        this.list = folder.resolve("classes.lst").toAbsolutePath();
        this.archive = folder.resolve("classes.jsa").toAbsolutePath();
    }

    /** The variables of the start whose classes are noted; that server must be stopped before {@link #make()}. */
    public Map<String, String> noting() {
        return variables("-Xshare:off -XX:DumpLoadedClassList=" + list);
    }

    /** Makes the archive of what was noted. */
    public void make() {
        Path script = installation.resolve("usr/servers/holdfast/class-archive.sh");
        Commands.Result result = Commands.run(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "sh",
                script.toString(),
                list.toString(),
                archive.toString()));
        if (!result.ok()) {
            throw new IllegalStateException("No class archive could be made: " + result.output());
        }
    }

    /** The variables of a start that uses it. */
    public Map<String, String> using() {
        return variables("-XX:SharedArchiveFile=" + archive);
    }

    private static Map<String, String> variables(String arguments) {
        return Map.of("WLP_SKIP_BOOTSTRAP_AGENT", "true", "JVM_ARGS", arguments);
    }
}
