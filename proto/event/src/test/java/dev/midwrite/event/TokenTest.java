package dev.midwrite.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private final Token token = Token.random();
    private final byte[] mine = Token.nonce();
    private final byte[] theirs = Token.nonce();

    @Test
    void isRandomAndReadBack() {
        assertThat(token.text()).hasSize(43).isNotEqualTo(Token.random().text());
        Token read = Token.of("\n " + token.text() + "\n");
        assertThat(read.ofAgent(mine, theirs, 1)).isEqualTo(token.ofAgent(mine, theirs, 1));
    }

    @Test
    void aProofIsOfOneSideOneExchangeAndOnePort() {
        byte[] proof = token.ofAgent(mine, theirs, 7411);
        assertThat(Token.equal(proof, token.ofAgent(mine, theirs, 7411))).isTrue();
        assertThat(Token.equal(proof, token.ofController(mine, theirs, 7411))).isFalse();
        assertThat(Token.equal(proof, token.ofAgent(Token.nonce(), theirs, 7411)))
                .isFalse();
        assertThat(Token.equal(proof, token.ofAgent(mine, Token.nonce(), 7411))).isFalse();
        assertThat(Token.equal(proof, token.ofAgent(mine, theirs, 7412))).isFalse();
        assertThat(Token.equal(proof, Token.random().ofAgent(mine, theirs, 7411)))
                .isFalse();
        assertThat(Token.equal(proof, new byte[0])).isFalse();
    }

    @Test
    void nothingThatIsPrintedByMistakeHoldsIt() {
        assertThat(token).hasToString("a token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789 0123456789 0123456789 0123456789"})
    void whatIsNoTokenIsRejectedWithoutSayingIt(String text) {
        assertThatThrownBy(() -> Token.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("holds no token of 32 to 128 letters, digits, '-' and '_'");
    }

    @Test
    void aNonceOfAnotherLengthIsRejected() {
        assertThatThrownBy(() -> token.ofController(new byte[0], theirs, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
