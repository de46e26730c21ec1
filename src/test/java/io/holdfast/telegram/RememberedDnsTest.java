package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RememberedDnsTest {
    private final InetAddress address = InetAddress.getLoopbackAddress();
    private Instant now = Instant.EPOCH;
    private int lookups;
    private boolean down;
    private boolean silent;

    private final RememberedDns dns =
            new RememberedDns(this::real, () -> now, Duration.ofMinutes(5), Duration.ofMillis(100));

    @Test
    void an_answer_is_good_for_its_time() throws UnknownHostException {
        assertThat(dns.lookup("host")).containsExactly(address);
        now = now.plus(Duration.ofSeconds(299));
        dns.lookup("host");
        assertThat(lookups).isEqualTo(1);
        now = now.plus(Duration.ofSeconds(2));
        dns.lookup("host");
        assertThat(lookups).isEqualTo(2);
    }

    @Test
    void the_last_good_answer_helps_while_lookups_fail_or_hang() throws UnknownHostException {
        dns.lookup("host");
        now = now.plus(Duration.ofDays(1));
        down = true;
        assertThat(dns.lookup("host")).containsExactly(address);
        silent = true;
        assertThat(dns.lookup("host")).containsExactly(address);
        assertThat(lookups).isEqualTo(3);
    }

    @Test
    void a_name_never_found_is_unknown() {
        down = true;
        assertThatThrownBy(() -> dns.lookup("host")).isInstanceOf(UnknownHostException.class);
    }

    private List<InetAddress> real(String host) throws UnknownHostException {
        lookups++;
        if (silent) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (down) {
            throw new UnknownHostException(host);
        }
        return List.of(address);
    }
}
