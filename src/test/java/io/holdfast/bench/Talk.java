package io.holdfast.bench;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat and how far it is: its n-th message says {@code /echo mN} and must be answered {@code mN #N}. */
final class Talk {
    private final int place;
    private final SimBot bot;
    private final SimChat chat;
    private final AtomicInteger said = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    Talk(int place, SimBot bot, SimChat chat) {
        this.place = place;
        this.bot = bot;
        this.chat = chat;
    }

    /** Its number among all, from 0. */
    int place() {
        return place;
    }

    SimBot bot() {
        return bot;
    }

    SimChat chat() {
        return chat;
    }

    String next() {
        return "/echo m" + said.incrementAndGet();
    }

    /** Counts an answer; returns its number. */
    int heard() {
        return answered.incrementAndGet();
    }

    int said() {
        return said.get();
    }

    int answered() {
        return answered.get();
    }

    /** Whether each message was answered, once, in order: the last answer counts them all. */
    boolean right() {
        int count = said();
        return answered() == count
                && (count == 0 || chat.lastMessage().text().equals("m%d #%d".formatted(count, count)));
    }
}
