package io.holdfast.admin;

import jakarta.enterprise.context.RequestScoped;

/** What log lines and problem documents say of the request that is being answered. */
@RequestScoped
class CurrentRequest {
    private String id = "-";
    private String method = "-";
    private String path = "-";
    private String operator = "-";

    void begin(String newId, String newMethod, String newPath) {
        id = newId;
        method = newMethod;
        path = newPath;
    }

    void cameFrom(String username) {
        operator = username;
    }

    /** Who holds the token that the request came with. */
    String operator() {
        return operator;
    }

    String id() {
        return id;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }
}
