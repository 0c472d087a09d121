package dev.midwrite.services.guarded;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** A login page, CSRF tokens, one session of a customer at a time, and a cookie that logs in anew who comes back. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class LoginConfiguration {

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            UserDetailsService customers,
            @Value("${service.logout}") String logout,
            @Value("${service.remembered-by}") String key)
            throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/health", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .sessionManagement(sessions -> sessions.maximumSessions(1))
                .rememberMe(remember -> remember.key(key).userDetailsService(customers))
                .logout(way -> {
                    if (logout.equals("cookie")) {
                        way.disable();
                    }
                })
                .build();
    }

    /** Everybody is a customer, with one password that everybody may read: this is an example. */
    @Bean
    UserDetailsService customers(@Value("${service.password}") String password) {
        return name -> User.withUsername(name).password("{noop}" + password).build();
    }
}
