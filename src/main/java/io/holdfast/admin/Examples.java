package io.holdfast.admin;

/** The bodies that the OpenAPI document shows. */
final class Examples {
    static final String PROBLEM = """
            {"type": "urn:holdfast:problem:admin:invalid-fields", "title": "Fields of the request are not valid", "status": 400,
             "detail": "1 field is not valid.", "requestId": "7cJb1pGmQWe0", "errors": [{"pointer": "/name", "detail": "is missing"}]}""";
    static final String BOOTSTRAP = """
            {"secret": "the line in the bootstrap file", "username": "ada", "password": "at least 12 characters"}""";
    static final String TOKEN = """
            {"token": "a bearer token, valid for an hour"}""";
    static final String NEW_TENANT = """
            {"name": "Acme"}""";
    static final String TENANT = """
            {"id": "0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", "name": "Acme"}""";
    static final String NEW_BOT = """
            {"tenantId": "0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", "token": "as BotFather gave it", "name": "Shop", "access": "open",
             "takeover": false}""";
    static final String CREATED_BOT = """
            {"id": 4711000, "username": "acme_shop_bot", "state": "RUNNING"}""";
    static final String BOT = """
            {"id": 4711000, "tenantId": "0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", "name": "Shop", "username": "acme_shop_bot",
             "access": "open", "state": "RUNNING", "intake": "WEBHOOK",
             "webhook": {"set": true, "url": "https://bots.example.org/telegram/***"}, "createdAt": "2026-01-05T10:00:00Z"}""";
    static final String BOTS = """
            {"items": [{"id": 4711000, "tenantId": "0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", "name": "Shop",
             "username": "acme_shop_bot", "access": "open", "state": "RUNNING", "intake": "POLLING", "webhook": {"set": false},
             "createdAt": "2026-01-05T10:00:00Z"}], "next": null}""";
    static final String SETTINGS = """
            {"throttle": "on", "pacing": "default", "batching": "default"}""";
    static final String SOME_SETTINGS = """
            {"throttle": "off", "pacing": "platform", "batching": "0s"}""";
    static final String MESSAGES = """
            {"items": [{"id": 812, "botId": 4711000, "kind": "message", "chatId": 99, "state": "DONE",
             "acceptedAt": "2026-01-05T10:00:00Z", "finishedAt": "2026-01-05T10:00:00.021Z", "attempts": 0}], "next": "bTo4MTI"}""";
    static final String DEAD_LETTERS = """
            {"items": [{"id": 17, "botId": 4711000, "tenantId": "0b6f1c1e-8f0e-4d0b-9f57-3c1f6f0f2b6a", "queue": "INBOX", "ref": 812,
             "priority": "P2", "owner": "PLATFORM", "state": "OPEN", "reason": "incident 3fa1c2d4: IllegalStateException",
             "detail": "after 8 failed turns", "parkedAt": "2026-01-05T10:02:10Z", "triageAt": "2026-01-06T10:02:10Z",
             "dueAt": "2026-01-06T10:02:10Z", "replays": 0}], "next": "ZGVhZC1sZXR0ZXJzOjE3"}""";
    static final String DEAD_LETTER = """
            {"letter": {"id": 17, "botId": 4711000, "queue": "INBOX", "ref": 812, "priority": "P2", "owner": "PLATFORM",
             "state": "REPLAYED", "reason": "incident 3fa1c2d4: IllegalStateException", "parkedAt": "2026-01-05T10:02:10Z",
             "closedAt": "2026-01-05T11:00:00Z", "replays": 1},
             "payload": {"size": 17, "text": "{\\"update_id\\": 9}", "cut": false},
             "history": [{"state": "OPEN", "reason": "incident 3fa1c2d4: IllegalStateException", "at": "2026-01-05T10:02:10Z"},
             {"state": "REPLAYED", "operator": "ada", "at": "2026-01-05T11:00:00Z"}]}""";
    static final String DISCARD = """
            {"reason": "the customer was called"}""";
    static final String BULK = """
            {"action": "replay", "filter": {"botId": 4711000, "reason": "timeout"}, "dryRun": true}""";
    static final String RECOVER = """
            {"since": "2026-01-05T10:00:00Z", "filter": {"queue": "INBOX"}}""";
    static final String DRY_RUN = """
            {"count": 230, "sample": [17, 16]}""";
    static final String DEAD_LETTER_JOB = """
            {"id": 3, "action": "REPLAY", "operator": "ada", "state": "RUNNING", "total": 230, "done": 40, "failed": 1,
             "createdAt": "2026-01-05T11:00:00Z", "failures": [{"letter": 17, "reason": "was REPLAYED already"}]}""";
    static final String TIMELINE = """
            {"id": 812, "botId": 4711000, "steps": [
             {"at": "2026-01-05T10:00:00Z", "step": "ACCEPTED"},
             {"at": "2026-01-05T10:00:00.009Z", "step": "RETRIED", "outcome": "INTERNAL", "reason": "incident 3f2a91c0: SQLException",
              "incident": "3f2a91c0", "durationMs": 7},
             {"at": "2026-01-05T10:00:01.104Z", "step": "MESSAGE_WRITTEN", "messageId": 977},
             {"at": "2026-01-05T10:00:01.109Z", "step": "FINISHED", "outcome": "DONE", "durationMs": 1109, "attempts": 1},
             {"at": "2026-01-05T10:00:01.112Z", "step": "MESSAGE_SENDING", "messageId": 977},
             {"at": "2026-01-05T10:00:01.180Z", "step": "MESSAGE_SENT", "messageId": 977, "outcome": "DELIVERED", "durationMs": 68,
              "attempts": 1, "channelMessageId": 31}]}""";
    static final String EVENTS = """
            {"items": [{"id": 4021, "at": "2026-01-05T10:00:00.009Z", "kind": "RETRIED", "botId": 4711000, "updateId": 812,
             "outcome": "INTERNAL", "reason": "incident 3f2a91c0: SQLException", "incident": "3f2a91c0", "durationMs": 7}], "next": null}""";
    static final String SENDS = """
            {"items": [{"id": 4711, "botId": 4711000, "messageId": 812, "chatId": 99, "messageClass": "REPLY", "method": "sendMessage",
             "state": "UNCERTAIN", "attempts": 2, "createdAt": "2026-01-05T10:00:00Z", "finishedAt": "2026-01-05T10:00:16Z",
             "reason": "the connection broke"}], "next": null}""";
    static final String SEND_DELIVERED = """
            {"id": 4711, "state": "SENT"}""";
    static final String SEND_AGAIN = """
            {"id": 4711, "state": "PENDING"}""";
    static final String NODES = """
            {"items": [{"id": "a", "url": "http://10.0.0.4:9081", "alive": true, "takesBots": true, "bots": 41, "startedAt": "2026-01-05T10:00:00Z",
             "leaseUntil": "2026-01-05T11:00:15Z"}], "next": null}""";

    private Examples() {}
}
