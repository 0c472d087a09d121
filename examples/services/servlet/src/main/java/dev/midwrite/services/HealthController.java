package dev.midwrite.services;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A node that answers at all is up; whether its store answers is for the users to find out. */
@RestController
class HealthController {
    @GetMapping("/health")
    String health() {
        return "up\n";
    }
}
