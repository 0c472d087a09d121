package com.example.containers.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Boot on whichever container the class path has. */
@SpringBootApplication(proxyBeanMethods = false)
public class Service {

    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }
}
