package dev.midwrite.shop;

import dev.midwrite.probe.ProbeServlet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;

/** Starts one node of the shop. */
@SpringBootApplication(proxyBeanMethods = false)
public class ShopApplication {

    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }

    @Bean
    ServletRegistrationBean<ProbeServlet> probe(@Value("${shop.node}") String node) {
        return new ServletRegistrationBean<>(new ProbeServlet(node), "/probe/*");
    }

    /** Where the probe comes back after an error that it sends. */
    @Bean
    ErrorPageRegistrar errors() {
        return registry -> registry.addErrorPages(
                new ErrorPage(HttpStatus.valueOf(ProbeServlet.ERROR_STATUS), "/probe/dispatch/error"));
    }
}
