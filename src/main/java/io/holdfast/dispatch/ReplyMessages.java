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

/** Turns a reply into the rows of the outbox, in the form of the channel that the update came from. */
@ApplicationScoped
class ReplyMessages {

    @Inject
    @Any
    private Instance<MessageFormat> formats;

    List<NewMessage> of(InboundUpdate update, InboundUpdate.Chat chat, Reply reply) {
        MessageFormat format = format(update.channel());
        List<NewMessage> messages = new ArrayList<>();
        if (update.callbackId() != null) {
            add(messages, chat, MessageClass.CONTROL, List.of(format.acknowledge(update.callbackId())), Duration.ZERO);
        }
        switch (reply) {
            case Reply.Answer answer -> {
                OutboundMessage said = new OutboundMessage(
                        chat.id(), update.threadId(), answer.text(), answer.form(), answer.buttons());
                add(messages, chat, MessageClass.REPLY, format.message(said), Duration.ZERO);
                for (Reply.Later later : answer.later()) {
                    OutboundMessage then = new OutboundMessage(chat.id(), update.threadId(), later.text(), List.of());
                    add(messages, chat, MessageClass.NOTIFICATION, format.message(then), later.after());
                }
            }
            case Reply.Refused refused -> {
                OutboundMessage said = new OutboundMessage(chat.id(), update.threadId(), refused.text(), List.of());
                add(messages, chat, MessageClass.REPLY, format.message(said), Duration.ZERO);
            }
            case Reply.Nothing nothing -> {}
        }
        return messages;
    }

    private static void add(
            List<NewMessage> messages,
            InboundUpdate.Chat chat,
            MessageClass messageClass,
            List<MessageFormat.Call> calls,
            Duration delay) {
        for (MessageFormat.Call call : calls) {
            messages.add(new NewMessage(chat.id(), messageClass, call.method(), call.payload(), delay));
        }
    }

    private MessageFormat format(String channel) {
        return formats.stream()
                .filter(format -> format.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing writes for the channel " + channel));
    }
}
