package io.holdfast.kernel;

/** Wrong configuration, told in one sentence; it stops the start with exit code 78. */
public class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String sentence) {
        super(sentence);
    }
}
