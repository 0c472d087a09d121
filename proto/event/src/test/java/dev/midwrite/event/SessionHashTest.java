package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

class SessionHashTest {
    private static final byte[] KEY = {1, 2, 3};

    @Test
    void anIdIsHashedUnderItsKey() {
        SessionHash hash = new SessionHash(KEY);
        assertThat(hash.of("id")).isEqualTo(new SessionHash(KEY).of("id")).isNotEqualTo(hash.of("other"));
        assertThat(new SessionHash(new byte[] {4}).of("id")).isNotEqualTo(hash.of("id"));
    }

    @Test
    void aCopyHashesAlikeAndLooksUpNothing() {
        SessionHash hash = new SessionHash(KEY);
        long expected = hash.of("id");
        Provider provider = Security.getProvider("SunJCE");
        int position = java.util.List.of(Security.getProviders()).indexOf(provider) + 1;
        Security.removeProvider("SunJCE");
        try {
            assertThat(hash.copy().of("id")).isEqualTo(expected);
        } finally {
            Security.insertProviderAt(provider, position);
        }
    }
}
