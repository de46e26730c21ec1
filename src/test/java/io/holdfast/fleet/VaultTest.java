package io.holdfast.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.channel.BotToken;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final TenantId TENANT = new TenantId(UUID.randomUUID());

    @TempDir
    Path folder;

    private final BotToken token = BotToken.parse(
                    "4711000:" + UUID.randomUUID().toString().replace("-", "") + "AbC")
            .orElseThrow();
    private Vault vault = new Vault();

    @BeforeEach
    void open() throws Exception {
        vault = opened(folder.resolve("keyset.json"));
    }

    @Test
    void what_was_encrypted_for_a_bot_decrypts_for_it() {
        byte[] cipher = vault.encrypt(TENANT, token);
        assertThat(vault.decrypt(TENANT, token.bot(), cipher).reveal()).isEqualTo(token.reveal());
    }

    @Test
    void the_cipher_text_does_not_hold_the_token_and_differs_each_time() {
        byte[] cipher = vault.encrypt(TENANT, token);
        assertThat(new String(cipher, StandardCharsets.ISO_8859_1)).doesNotContain(token.reveal());
        assertThat(vault.encrypt(TENANT, token)).isNotEqualTo(cipher);
    }

    @Test
    void a_row_copied_to_another_bot_or_tenant_does_not_decrypt() {
        byte[] cipher = vault.encrypt(TENANT, token);
        BotId other = new BotId(token.bot().value() + 1);
        TenantId otherTenant = new TenantId(UUID.randomUUID());
        assertThatThrownBy(() -> vault.decrypt(TENANT, other, cipher)).isInstanceOf(HoldfastException.class);
        assertThatThrownBy(() -> vault.decrypt(otherTenant, token.bot(), cipher))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INTERNAL));
    }

    @Test
    void another_keyset_does_not_decrypt() throws Exception {
        byte[] cipher = vault.encrypt(TENANT, token);
        Vault other = opened(folder.resolve("other.json"));
        assertThatThrownBy(() -> other.decrypt(TENANT, token.bot(), cipher))
                .hasMessageContaining("does not decrypt")
                .hasMessageNotContaining(token.reveal());
    }

    @Test
    void a_vault_that_is_not_open_says_that_trying_later_helps() {
        assertThatThrownBy(() -> new Vault().encrypt(TENANT, token))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE));
    }

    @Test
    void the_keyset_file_is_readable_for_its_owner_alone_and_leaves_no_half_file() throws Exception {
        Path file = folder.resolve("keyset.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void an_existing_keyset_file_is_never_replaced() throws Exception {
        Path file = folder.resolve("keyset.json");
        String before = Files.readString(file);
        new KeysetFile(file).make();
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void a_file_that_holds_no_keyset_is_named_in_one_sentence() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a keyset");
        assertThatThrownBy(() -> new KeysetFile(file).read())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void neither_the_token_nor_the_request_for_a_bot_shows_the_secret() {
        NewBot request = new NewBot(TENANT, token.reveal(), "Shop", Access.OPEN, false);
        assertThat(token + " " + request).doesNotContain(token.reveal().substring(8));
    }

    private static Vault opened(Path path) throws Exception {
        KeysetFile file = new KeysetFile(path);
        file.make();
        Vault vault = new Vault();
        vault.open(file.read());
        return vault;
    }
}
