package com.example.containers.plain;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A stream of events that has no end of its own. {@code ?after=7} goes on with 8. */
public final class PriceStream extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int PERIOD_MILLIS = 250;

    private final transient ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, task -> {
        Thread one = new Thread(task, "prices");
        one.setDaemon(true);
        return one;
    });

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        AsyncContext stream = request.startAsync();
        stream.setTimeout(0);
        response.flushBuffer();
        long after = Optional.ofNullable(request.getParameter("after"))
                .map(Long::parseLong)
                .orElse(0L);
        later(stream, response.getWriter(), after + 1);
    }

    private void later(AsyncContext stream, PrintWriter out, long number) {
        clock.schedule(
                () -> {
                    out.print("id: " + number + "\ndata: {\"price\":" + number + "}\n\n");
                    if (!out.checkError()) {
                        later(stream, out, number + 1);
                    }
                },
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
