package dev.midwrite.agent.it.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Answers each line with one line: {@code keep OWNER CONTENT}, {@code fetch OWNER}, which answers the content or {@code none}. What
 * is thrown is answered as {@code error CLASS}.
 */
public final class OwnSessionsHost {
    private OwnSessionsHost() {}

    public static void main(String[] args) throws IOException {
        OwnSessions sessions = new OwnSessions();
        System.out.println("ready");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(sessions, line.split(" ")));
        }
    }

    private static String answer(OwnSessions sessions, String[] words) {
        try {
            if (words[0].equals("keep")) {
                sessions.keep(new OwnSessions.Basket(words[1], words[2]));
                return "ok";
            }
            OwnSessions.Basket basket = sessions.fetch(words[1]);
            return basket == null ? "none" : basket.content();
        } catch (RuntimeException e) {
            return "error " + e.getClass().getName();
        }
    }
}
