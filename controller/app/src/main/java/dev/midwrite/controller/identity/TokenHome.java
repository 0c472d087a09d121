package dev.midwrite.controller.identity;

import dev.midwrite.controller.Problem;
import dev.midwrite.event.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a user's tokens lie, so that agents and commands of the same user find them by themselves.
 *
 * <pre>
 * agent.token                       of agents that are started by hand; made once, and kept
 * operators/127.0.0.1-7411.token    of commands; lasts as long as the controller that listens there
 * </pre>
 */
public record TokenHome(Path directory) {
    /** Names another directory. */
    public static final String VARIABLE = "MIDWRITE_TOKENS";

    /** This user's. */
    public static TokenHome find() {
        String named = System.getenv(VARIABLE);
        return new TokenHome(
                named == null || named.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".midwrite")
                        : Path.of(named));
    }

    /**
     * Makes it if there is none.
     *
     * @throws Problem if it cannot be kept or read, or others can read it
     */
    public Token agents() {
        return readOrMake(directory.resolve("agent.token"));
    }

    /**
     * Makes it if there is none.
     *
     * @throws Problem if it cannot be kept or read, or others can read it
     */
    public static Token readOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                PrivateFiles.writeIfMissing(file, Token.random().text() + "\n");
            }
        } catch (IOException e) {
            throw cannotKeep(file, e);
        }
        return read(file);
    }

    /**
     * Makes one for the time that a controller listens there.
     *
     * @param address of loopback, as numbers
     * @throws Problem if it cannot be kept
     */
    public PublishedToken publish(Token token, InetAddress address, int port) {
        Path file = operator(address, port);
        try {
            PrivateFiles.write(file, token.text() + "\n");
            return new PublishedToken(file, token);
        } catch (IOException e) {
            throw cannotKeep(file, e);
        }
    }

    /** Of the controller of this user that listens there; empty if there is none. */
    public Optional<Token> operators(InetAddress address, int port) {
        Path file = operator(address, port);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private Path operator(InetAddress address, int port) {
        return directory.resolve("operators").resolve(address.getHostAddress() + "-" + port + ".token");
    }

    /** @throws Problem if it cannot be read, holds no token, or others can read it */
    public static Token read(Path file) {
        try {
            if (PrivateFiles.isOpen(file)) {
                throw new Problem("The token " + file + " can be read by others; make a new one, or 'chmod 600' it if"
                        + " nobody has.");
            }
            return Token.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new Problem("There is no token " + file + ".", e);
        } catch (IOException e) {
            throw new Problem("The token " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new Problem("The file " + file + " " + e.getMessage() + ".", e);
        }
    }

    private static Problem cannotKeep(Path file, IOException e) {
        return new Problem(
                "The token " + file + " cannot be written (" + e + "); name another directory in " + VARIABLE + ".", e);
    }
}
