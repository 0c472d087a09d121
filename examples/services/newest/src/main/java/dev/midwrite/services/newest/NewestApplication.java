package dev.midwrite.services.newest;

import dev.midwrite.probe.ProbeServlet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts one node. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class NewestApplication {

    public static void main(String[] args) {
        SpringApplication.run(NewestApplication.class, args);
    }

    @Bean
    ServletRegistrationBean<ProbeServlet> probe(@Value("${service.node}") String node) {
        return new ServletRegistrationBean<>(new ProbeServlet(node), "/probe/*");
    }

    @GetMapping("/health")
    String health() {
        return "up\n";
    }
}
