package io.holdfast.telegram;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The part of the server that Telegram talks to. */
@ApplicationPath("/telegram")
public class TelegramApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(WebhookResource.class, WebhookGate.class, EmptyAnswers.class);
    }
}
