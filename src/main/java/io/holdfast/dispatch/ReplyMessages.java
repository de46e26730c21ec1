package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundMessage;
import io.holdfast.command.Reply;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.NewMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Turns a reply into the rows of the outbox, in the form of the channel that the update came from. */
@ApplicationScoped
class ReplyMessages {

    @Inject
    @Any
    private Instance<MessageFormat> formats;

    /** The call that ends the waiting of a pressed button. */
    NewMessage acknowledgement(InboundUpdate update) {
        MessageFormat.Call call = format(update.channel()).acknowledge(Objects.requireNonNull(update.callbackId()));
        Long chat = update.chat() == null ? null : update.chat().id();
        return new NewMessage(chat, MessageClass.CONTROL, call.method(), call.payload(), Duration.ZERO);
    }

    /** {@code said} is the class of what is said at once. */
    List<NewMessage> of(InboundUpdate update, InboundUpdate.Chat chat, Reply reply, MessageClass said) {
        MessageFormat format = format(update.channel());
        List<NewMessage> messages = new ArrayList<>();
        switch (reply) {
            case Reply.Answer answer -> {
                OutboundMessage now = new OutboundMessage(
                        chat.id(), update.threadId(), answer.text(), answer.form(), answer.buttons());
                add(messages, chat.id(), said, format.message(now), Duration.ZERO);
                for (Reply.Later later : answer.later()) {
                    OutboundMessage then = new OutboundMessage(chat.id(), update.threadId(), later.text(), List.of());
                    add(messages, chat.id(), MessageClass.NOTIFICATION, format.message(then), later.after());
                }
                answer.toMany().forEach(toMany -> addToMany(messages, toMany, format));
            }
            case Reply.Refused refused -> {
                OutboundMessage now = new OutboundMessage(chat.id(), update.threadId(), refused.text(), List.of());
                add(messages, chat.id(), said, format.message(now), Duration.ZERO);
            }
            case Reply.Nothing nothing -> {}
        }
        return messages;
    }

    private static void addToMany(List<NewMessage> messages, Reply.ToMany toMany, MessageFormat format) {
        for (long chat : toMany.chats()) {
            OutboundMessage copy = new OutboundMessage(chat, null, toMany.text(), List.of());
            add(messages, chat, MessageClass.BULK, format.message(copy), Duration.ZERO);
        }
    }

    private static void add(
            List<NewMessage> messages,
            long chat,
            MessageClass messageClass,
            List<MessageFormat.Call> calls,
            Duration delay) {
        for (MessageFormat.Call call : calls) {
            messages.add(new NewMessage(chat, messageClass, call.method(), call.payload(), delay));
        }
    }

    private MessageFormat format(String channel) {
        return formats.stream()
                .filter(format -> format.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing writes for the channel " + channel));
    }
}
