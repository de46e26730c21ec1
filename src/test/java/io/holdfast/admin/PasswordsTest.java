package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.Password;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    void a_hash_verifies_its_password_and_says_how_it_was_made() {
        String password = UUID.randomUUID().toString();
        String hash = new Passwords().hash(password);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(password);
        Argon2Function function = Argon2Function.getInstanceFromHash(hash);
        assertThat(Password.check(password, hash).with(function)).isTrue();
        assertThat(Password.check(password + "x", hash).with(function)).isFalse();
    }
}
