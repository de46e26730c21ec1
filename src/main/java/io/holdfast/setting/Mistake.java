package io.holdfast.setting;

/** What is wrong with the value of one setting. */
public record Mistake(String name, String detail) {}
