package dev.midwrite.services;

import dev.midwrite.probe.ProbeServlet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Starts one node of one of the services. */
@SpringBootApplication(proxyBeanMethods = false)
public class ServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(ServiceApplication.class, args);
    }

    @Bean
    ServletRegistrationBean<ProbeServlet> probe(@Value("${service.node}") String node) {
        return new ServletRegistrationBean<>(new ProbeServlet(node), "/probe/*");
    }
}
