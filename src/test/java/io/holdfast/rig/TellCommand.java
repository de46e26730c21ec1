package io.holdfast.rig;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.Reply;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says something to the chats whose ids are named, with commas between. */
@BotCommand(name = "tell", summary = "Say something to many chats", pure = true)
class TellCommand implements CommandHandler<TellCommand.Args> {

    record Args(String chats, String text) {}

    @Override
    public Reply handle(Args args, CommandContext context) {
        return Reply.text("They will hear of it.")
                .andToMany(
                        Arrays.stream(args.chats().split(","))
                                .map(Long::valueOf)
                                .collect(Collectors.toSet()),
                        args.text());
    }
}
