package io.holdfast.simulator;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The fault rules in force, asked for every call and every delivery. */
public final class Faults {

    /** A rule in force, with how often it struck. */
    public static final class Active {
        private final long id;
        private final FaultRule rule;
        private int hits;

        private Active(long id, FaultRule rule) {
            this.id = id;
            this.rule = rule;
        }

        public long id() {
            return id;
        }

        public FaultRule rule() {
            return rule;
        }

        /** How often the rule struck; calls reset before acceptance are counted only here. */
        public synchronized int hits() {
            return hits;
        }

        /** How often it will strike still, -1 for no end. */
        public synchronized int remaining() {
            return rule.times() == 0 ? -1 : rule.times() - hits;
        }

        private synchronized boolean strike() {
            if (rule.times() != 0 && hits >= rule.times()) {
                return false;
            }
            hits++;
            return true;
        }
    }

    private final List<Active> active = new CopyOnWriteArrayList<>();
    private final Random random;
    private long lastId;

    Faults(long seed) {
        this.random = new Random(seed);
    }

    /** Puts a rule in force from the next call on. */
    public synchronized Active add(FaultRule rule) {
        Active added = new Active(++lastId, rule);
        active.add(added);
        return added;
    }

    /** Rules in force and those that are used up, oldest first. */
    public List<Active> active() {
        return List.copyOf(active);
    }

    /** Returns whether there was such a rule. */
    public boolean remove(long id) {
        return active.removeIf(rule -> rule.id == id);
    }

    public void clear() {
        active.clear();
    }

    @Nullable
    Fault forCall(SimBot bot, String method, long chatId) {
        return strike(false, bot, method, chatId);
    }

    @Nullable
    Fault forDelivery(SimBot bot, long chatId) {
        return strike(true, bot, "", chatId);
    }

    private @Nullable Fault strike(boolean delivery, SimBot bot, String method, long chatId) {
        for (Active candidate : active) {
            FaultRule rule = candidate.rule;
            if (rule.concerns(delivery, bot.id(), method, chatId)
                    && (rule.probability() == 1 || random.nextDouble() < rule.probability())
                    && candidate.strike()) {
                return rule.fault();
            }
        }
        return null;
    }
}
