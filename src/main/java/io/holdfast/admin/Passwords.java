package io.holdfast.admin;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/** Hashes passwords with Argon2id (19 MiB, 2 passes), two at once: more would let strangers fill the memory. */
@ApplicationScoped
class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LENGTH = 32;
    private static final int SALT = 16;

    private final Semaphore running = new Semaphore(2);

    String hash(String password) {
        if (!running.tryAcquire()) {
            throw AdminProblem.TOO_BUSY.because("Passwords of others are being checked; try again in a second.");
        }
        try {
            return Password.hash(password)
                    .addRandomSalt(SALT)
                    .with(Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, LENGTH, Argon2.ID))
                    .getResult();
        } finally {
            running.release();
        }
    }
}
