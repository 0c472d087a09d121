package dev.midwrite.shop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The shop with Spring Security in front of it: a login page, CSRF tokens, a new id at each login. */
@Configuration(proxyBeanMethods = false)
@Profile("login")
@EnableWebSecurity
class LoginConfiguration {

    @Bean
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/health", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    /** Those of {@code customers.csv}, whose passwords everybody may read: this is an example. */
    @Bean
    UserDetailsService customers() throws IOException {
        String lines = new ClassPathResource("customers.csv").getContentAsString(StandardCharsets.UTF_8);
        InMemoryUserDetailsManager customers = new InMemoryUserDetailsManager();
        lines.lines()
                .skip(1)
                .map(line -> line.split(",", 2))
                .forEach(customer -> customers.createUser(User.withUsername(customer[0])
                        .password("{noop}" + customer[1])
                        .build()));
        return customers;
    }
}
