package io.holdfast.setting;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One setting of one bot: a row of the table bot_setting. */
@Entity
@Table(name = "bot_setting")
@IdClass(BotSettingEntry.Key.class)
public class BotSettingEntry {

    /** Which setting of which bot. */
    public record Key(long bot, String name) implements Serializable {}

    @Id
    @Column(name = "bot_id")
    private long bot;

    @Id
    @Column(name = "name")
    private String name;

    @Column(name = "value")
    private String value;

    @Column(name = "changed_at")
    private @Nullable Instant changedAt;

    /** For JPA. */
    protected BotSettingEntry() {}

    String name() {
        return name;
    }

    String value() {
        return value;
    }
}
