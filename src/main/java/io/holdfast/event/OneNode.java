package io.holdfast.event;

/** Work of the whole installation, which one node at a time does. Thread-safe. */
public interface OneNode {

    /**
     * Runs the work if no other node is at the job or was until a moment ago; answers whether it ran. Two threads of one node are not
     * kept apart. Nothing but the work's own exceptions comes out.
     *
     * @param job one of few fixed names
     */
    boolean run(String job, Runnable work);
}
