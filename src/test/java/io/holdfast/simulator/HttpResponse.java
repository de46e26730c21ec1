package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** One answer, ready to be written in a single write. */
final class HttpResponse {

    static final String JSON = "application/json; charset=utf-8";

    private final int status;
    private final String contentType;
    private final String extraHeaders;
    private final byte[] body;

    private HttpResponse(int status, String contentType, String extraHeaders, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.extraHeaders = extraHeaders;
        this.body = body;
    }

    static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, contentType, "", body);
    }

    static HttpResponse json(int status, String body) {
        return of(status, JSON, body.getBytes(UTF_8));
    }

    HttpResponse withHeader(String name, String value) {
        return new HttpResponse(status, contentType, extraHeaders + name + ": " + value + "\r\n", body);
    }

    int status() {
        return status;
    }

    int bodyLength() {
        return body.length;
    }

    byte[] bytes(boolean close) {
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\nServer: nginx/1.18.0\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + body.length + "\r\n" + extraHeaders
                + (close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
        byte[] all = new byte[head.length() + body.length];
        byte[] headBytes = head.getBytes(ISO_8859_1);
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return all;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Request Entity Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            default -> "Status";
        };
    }
}
