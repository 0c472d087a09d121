package dev.midwrite.services.guarded;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts one node. */
@SpringBootApplication(proxyBeanMethods = false)
public class GuardedApplication {

    public static void main(String[] args) {
        SpringApplication.run(GuardedApplication.class, args);
    }
}
