package dev.midwrite.controller.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which service {@code midwrite init} looks at; one of them. */
final class InitSource {
    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            description = {
                "What starts the service, in quotes, such as \"java -jar app.jar\".",
                "{port} stands for the port if it is not a Spring Boot application."
            })
    String command;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = {
                "A JVM that runs: others are started by its command line, in its directory, with its environment.",
                "Nothing is attached to it, and no request is sent to it."
            })
    Long pid;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "A page of a service that runs, such as http://127.0.0.1:8080/: it is asked for as a visitor would.",
                "What is written judges answers only, until an agent and a restart are added."
            })
    URI url;
}
