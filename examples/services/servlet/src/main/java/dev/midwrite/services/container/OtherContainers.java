package dev.midwrite.services.container;

import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.embedded.undertow.UndertowServletWebServerFactory;
import org.springframework.boot.web.servlet.server.ServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Containers in place of Tomcat, which Spring Boot takes if nothing is said. */
@Configuration(proxyBeanMethods = false)
class OtherContainers {
    @Bean
    @Profile("jetty")
    ServletWebServerFactory jetty() {
        return new JettyServletWebServerFactory();
    }

    @Bean
    @Profile("undertow")
    ServletWebServerFactory undertow() {
        return new UndertowServletWebServerFactory();
    }
}
