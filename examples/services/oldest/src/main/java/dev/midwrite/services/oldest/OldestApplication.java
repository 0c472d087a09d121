package dev.midwrite.services.oldest;

import dev.midwrite.probe.ProbeServlet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts one node. Nothing is scanned for: Spring 5.1 cannot read class files of Java 17. */
@Configuration
@EnableAutoConfiguration
public class OldestApplication {

    public static void main(String[] args) {
        SpringApplication.run(OldestApplication.class, args);
    }

    @Bean
    ServletRegistrationBean<ProbeServlet> probe(@Value("${service.node}") String node) {
        return new ServletRegistrationBean<>(new ProbeServlet(node), "/probe/*");
    }

    @Bean
    ServletRegistrationBean<HealthServlet> health() {
        return new ServletRegistrationBean<>(new HealthServlet(), "/health");
    }
}
