package io.holdfast.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a {@link CommandHandler} a command of every bot: registration, /help, parsing, validation and Telegram's command menu
 * follow from it.
 *
 * <p>The handler is one bean for all calls and must keep no state of its own.
 */
@Stereotype
@ApplicationScoped
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BotCommand {

    /** What follows the slash: 1 to 32 of a-z, 0-9 and underscore (Telegram). */
    String name();

    /** One line for /help and the menu; up to 256 characters (Telegram). */
    String summary();

    /** The least role that may run it. */
    Role role() default Role.USER;

    /** Whether the caller is asked once more before it runs. */
    boolean confirm() default false;

    /** True when the handler touches no store while it runs. Its turn may then share a commit with others. */
    boolean pure() default false;

    /**
     * Which threads it runs on. A command of the class CONTROL runs at once, beside what its chat runs: it may read, and end what
     * runs, and writes no state of the chat.
     */
    CommandClass commandClass() default CommandClass.INTERACTIVE;

    /**
     * True when the handler may take long: it then runs outside any transaction while the chat shows that the bot is typing,
     * and its reply and state are committed after it.
     *
     * <p>A crash in between runs it once more; its reply and state are still applied once.
     */
    boolean slow() default false;
}
