package io.holdfast.admin;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** REST for operators and their scripts. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Holdfast",
                        version = "1",
                        description = "Operates bots. Lists are paged: pass `next` as `cursor` until it is null. Every "
                                + "answer carries X-Request-Id; every error is an RFC 9457 problem document."),
        security = @SecurityRequirement(name = "bearer"),
        tags = {
            @Tag(name = "Access", description = "The first operator"),
            @Tag(name = "Tenants", description = "Who owns bots"),
            @Tag(name = "Bots", description = "Registration, state, settings"),
            @Tag(name = "Messages", description = "What bots received, without its content"),
            @Tag(name = "Dead letters", description = "What failed for good and a person can still mend"),
            @Tag(name = "Events", description = "Steps that mattered, of all bots and of the installation"),
            @Tag(name = "Nodes", description = "The servers of this installation")
        },
        components =
                @Components(
                        responses =
                                @APIResponse(
                                        name = "problem",
                                        description = "A problem document; docs/reference/errors.md lists its types",
                                        content =
                                                @Content(
                                                        mediaType = "application/problem+json",
                                                        schema = @Schema(implementation = Problem.class),
                                                        example = Examples.PROBLEM))))
@SecurityScheme(securitySchemeName = "bearer", type = SecuritySchemeType.HTTP, scheme = "bearer")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                BootstrapResource.class,
                TenantResource.class,
                BotResource.class,
                SettingResource.class,
                MessageResource.class,
                DeadLetterResource.class,
                DeadLetterJobResource.class,
                TimelineResource.class,
                EventResource.class,
                SendResource.class,
                NodeResource.class,
                RequestIdFilter.class,
                OverloadFilter.class,
                BearerFilter.class,
                RequestReader.class,
                AnswerWriter.class,
                ProblemMapper.class);
    }
}
