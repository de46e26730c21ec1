package io.holdfast.lane;

/** One bot's lease, and what of it is in the database alone. */
final class HeldBot {
    final long epoch;
    final BotProfile profile;
    /** As it was when the bot was taken: what is open at or below it has a due row. */
    final long inboxFloor;

    final Backlog backlog = new Backlog();

    HeldBot(LeaseStore.Lease lease) {
        this.epoch = lease.epoch();
        this.profile = lease.profile();
        this.inboxFloor = lease.inboxFloor();
    }
}
