package io.holdfast.testkit;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What tests inside the server are deployed with. */
public final class Deployments {
    private Deployments() {}

    /** The build's own WAR with AssertJ and these classes in it. */
    public static WebArchive holdfast(Class<?>... classes) {
        return ShrinkWrap.create(ZipImporter.class, "holdfast.war")
                .importFrom(Path.of("target", "holdfast.war").toFile())
                .as(WebArchive.class)
                .addAsLibraries(jarOf(Assertions.class))
                // The product's own web.xml orders all fragments away, Arquillian's with them.
                .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1"/>
                        """))
                .addClasses(classes);
    }

    /** The library that the class is from, for tests that need it inside. */
    public static java.io.File jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
