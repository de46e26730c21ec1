package io.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NudgeSignatureTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final NudgeSignature signature = new NudgeSignature(new byte[32]);

    @Test
    void the_receiver_knows_who_nudged() {
        assertThat(signature.sender(signature.of("knoten ä|1", "b", NOW), "b", NOW))
                .isEqualTo(Optional.of("knoten ä|1"));
    }

    @Test
    void it_is_good_for_a_minute_and_for_its_receiver_alone() {
        String value = signature.of("a", "b", NOW);
        assertThat(signature.sender(value, "b", NOW.plusSeconds(60))).isPresent();
        assertThat(signature.sender(value, "b", NOW.minusSeconds(60))).isPresent();
        assertThat(signature.sender(value, "b", NOW.plusSeconds(61))).isEmpty();
        assertThat(signature.sender(value, "b", NOW.minusSeconds(61))).isEmpty();
        assertThat(signature.sender(value, "c", NOW)).isEmpty();
    }

    @Test
    void a_forged_one_is_none() {
        String value = signature.of("a", "b", NOW);
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(signature.sender(new NudgeSignature(other).of("a", "b", NOW), "b", NOW))
                .isEmpty();
        assertThat(signature.sender(value.replaceFirst("^61", "62"), "b", NOW)).isEmpty();
        assertThat(signature.sender(value.substring(0, value.length() - 1), "b", NOW))
                .isEmpty();
        for (String nonsense : new String[] {null, "", "|", "a|b|c", "616|1|" + "0".repeat(64)}) {
            assertThat(signature.sender(nonsense, "b", NOW)).as(nonsense).isEmpty();
        }
    }
}
